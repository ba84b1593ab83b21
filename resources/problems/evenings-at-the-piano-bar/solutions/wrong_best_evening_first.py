def most_earned(earnings, rest):
    # Takes the best evening that is still free, again and again.
    total, is_blocked = 0, [False] * len(earnings)
    for evening in sorted(range(len(earnings)), key=lambda evening: -earnings[evening]):
        if not is_blocked[evening]:
            total += earnings[evening]
            for near in range(max(evening - rest, 0), min(evening + rest + 1, len(earnings))):
                is_blocked[near] = True
    return total
