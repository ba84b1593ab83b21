def turn_stretches(train, siding):
    # Turns the first wagons of a stretch that is too long.
    front = before = ListNode(0, train)
    while before:
        van = before.next
        while van and van.val:
            van = van.next
        wagons, node = [], before.next
        while node is not van:
            wagons.append(node.val)
            node = node.next
        node = before.next
        for value in wagons[:siding][::-1] + wagons[siding:]:
            node.val, node = value, node.next
        before = van
    return front.next
