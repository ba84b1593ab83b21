def complete_sets(cards):
    singles = sum(card == 1 for card in cards)
    return singles + _largest_on_the_right(cards) + _largest_on_the_right(cards[::-1])


def _largest_on_the_right(cards):
    sums = [0]
    for card in cards:
        sums.append(sums[-1] + card)
    found = 0
    last = {}
    free_from = 0
    one = None
    largest = 0
    for end, card in enumerate(cards):
        free_from = max(free_from, last.get(card, -1) + 1)
        last[card] = end
        if card == 1:
            one, largest = end, 1
            continue
        if one is None:
            continue
        largest = max(largest, card)
        start = end - largest + 1
        if free_from <= start <= one and sums[end + 1] - sums[start] == largest * (largest + 1) // 2:
            found += 1
    return found
