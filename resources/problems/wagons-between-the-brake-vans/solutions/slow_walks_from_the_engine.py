def turn_stretches(train, siding):
    def wagon(place):
        node = train
        for _ in range(place):
            node = node.next
        return node

    length, node = 0, train
    while node:
        length, node = length + 1, node.next
    begin = 0
    for end in range(length + 1):
        if end < length and wagon(end).val:
            continue
        if end - begin <= siding:
            left, right = begin, end - 1
            while left < right:
                one, other = wagon(left), wagon(right)
                one.val, other.val = other.val, one.val
                left, right = left + 1, right - 1
        begin = end + 1
    return train
