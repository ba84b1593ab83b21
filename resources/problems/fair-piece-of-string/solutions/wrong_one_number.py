def longest_fair(beads):
    # One sum for three colours: two red and one blue look fair to it.
    weights = {"r": 1, "g": 1, "b": -2}
    total = best = 0
    first = {0: 0}
    for cut, bead in enumerate(beads, 1):
        total += weights[bead]
        best = max(best, cut - first.setdefault(total, cut))
    return best
