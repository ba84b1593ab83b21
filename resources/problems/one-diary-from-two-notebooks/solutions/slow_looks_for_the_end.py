def bind_diary(first, second):
    front = ListNode()
    while first or second:
        if first is None or (second and second.val[0] < first.val[0]):
            entry, second = second.val, second.next
        else:
            entry, first = first.val, first.next
        last = front
        while last.next:
            last = last.next
        last.next = ListNode(entry)
    return front.next
