def beds_by_distance(garden):
    # Counts rows and columns between bed and tap, as if there were no hedges.
    taps = [(y, x) for y, row in enumerate(garden) for x, square in enumerate(row) if square == "T"]
    found = []
    for y, row in enumerate(garden):
        for x, square in enumerate(row):
            if square == "." and taps:
                found.append(min(abs(y - ty) + abs(x - tx) for ty, tx in taps))
    return [found.count(steps) for steps in range(1, max(found, default=0) + 1)]
