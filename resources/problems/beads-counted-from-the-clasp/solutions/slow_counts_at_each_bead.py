def thin_out(beads, every):
    front = last = ListNode()
    while beads:
        number, node = 0, beads
        while node:
            number, node = number + 1, node.next
        if number % every:
            last.next = ListNode(beads.val)
            last = last.next
        beads = beads.next
    return front.next
