def complete_sets(cards):
    found = 0
    for start in range(len(cards)):
        seen = set()
        largest = 0
        for end in range(start, len(cards)):
            if cards[end] in seen:
                break
            seen.add(cards[end])
            largest = max(largest, cards[end])
            found += largest == len(seen)
    return found
