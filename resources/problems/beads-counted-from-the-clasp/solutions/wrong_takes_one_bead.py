def thin_out(beads, every):
    # Takes off only the first bead that is counted, not its multiples.
    front = after = before = ListNode(0, beads)
    for _ in range(every):
        after = after.next
        if after is None:
            return beads
    while after.next:
        before, after = before.next, after.next
    before.next = before.next.next
    return front.next
