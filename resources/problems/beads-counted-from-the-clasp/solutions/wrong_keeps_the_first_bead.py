def thin_out(beads, every):
    # Cannot take the first bead off, since no bead is before it.
    number, node = 0, beads
    while node:
        number, node = number + 1, node.next
    before = beads
    while before and before.next:
        number -= 1
        if number % every == 0:
            before.next = before.next.next
        else:
            before = before.next
    return beads
