def thin_out(beads, every):
    number, node = 0, beads
    while node:
        number, node = number + 1, node.next
    front = before = ListNode(0, beads)
    while before.next:
        if number % every == 0:
            before.next = before.next.next
        else:
            before = before.next
        number -= 1
    return front.next
