def after_passes(cards, passes):
    for _ in range(passes):
        cards, is_sorted = one_pass(cards)
        if is_sorted:
            break
    return cards


def one_pass(cards):
    front = last = ListNode()
    pairs = 0
    while cards:
        first, rest = cut_run(cards)
        second, cards = cut_run(rest)
        last = merge(last, first, second)
        pairs += 1
    return front.next, pairs <= 1


def cut_run(cards):
    """The first run on its own, and what follows it."""
    if cards is None:
        return None, None
    last = cards
    while last.next and last.next.val >= last.val:
        last = last.next
    rest, last.next = last.next, None
    return cards, rest


def merge(last, first, second):
    """Ties both runs behind `last` and returns the new last node."""
    while first and second:
        if second.val < first.val:
            last.next, second = second, second.next
        else:
            last.next, first = first, first.next
        last = last.next
    last.next = first or second
    while last.next:
        last = last.next
    return last
