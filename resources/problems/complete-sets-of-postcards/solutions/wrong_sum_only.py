def complete_sets(cards):
    # Trusts the sum alone, so that 1, 1, 4, 4 passes for a set of four.
    singles = sum(card == 1 for card in cards)
    return singles + _on_the_right(cards) + _on_the_right(cards[::-1])


def _on_the_right(cards):
    sums = [0]
    for card in cards:
        sums.append(sums[-1] + card)
    found = 0
    one = None
    largest = 0
    for end, card in enumerate(cards):
        if card == 1:
            one, largest = end, 1
        elif one is not None:
            largest = max(largest, card)
            start = end - largest + 1
            if 0 <= start <= one and sums[end + 1] - sums[start] == largest * (largest + 1) // 2:
                found += 1
    return found
