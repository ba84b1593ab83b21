def turn_stretches(train, siding):
    # Turns a stretch when its van is met; the last stretch has none.
    values, stretch = [], []
    while train:
        if train.val:
            stretch.append(train.val)
        else:
            values += stretch[::-1] if len(stretch) <= siding else stretch
            values.append(0)
            stretch = []
        train = train.next
    head = None
    for value in reversed(values + stretch):
        head = ListNode(value, head)
    return head
