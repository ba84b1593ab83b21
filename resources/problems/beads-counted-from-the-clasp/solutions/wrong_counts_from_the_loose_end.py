def thin_out(beads, every):
    # Begins to count at the end in the hand.
    front = before = ListNode(0, beads)
    number = 1
    while before.next:
        if number % every == 0:
            before.next = before.next.next
        else:
            before = before.next
        number += 1
    return front.next
