def turn_stretches(train, siding):
    front = before = ListNode(0, train)
    while before:
        length, van = 0, before.next
        while van and van.val:
            length, van = length + 1, van.next
        if length <= siding:
            turned, wagon = van, before.next
            while wagon is not van:
                wagon.next, turned, wagon = turned, wagon, wagon.next
            before.next = turned
        before = van
    return front.next
