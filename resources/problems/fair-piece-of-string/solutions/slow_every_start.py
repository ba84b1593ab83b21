def longest_fair(beads):
    best = 0
    for start in range(len(beads)):
        counts = {"r": 0, "g": 0, "b": 0}
        for end in range(start, len(beads)):
            counts[beads[end]] += 1
            if counts["r"] == counts["g"] == counts["b"]:
                best = max(best, end - start + 1)
    return best
