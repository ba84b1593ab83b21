from collections import Counter


def shortest_walk(street, errands):
    needed = Counter(errands)
    still_open = len(errands)
    best = []
    start = 0
    for end, shop in enumerate(street):
        if shop in needed:
            still_open -= needed[shop] > 0
            needed[shop] -= 1
        while still_open == 0 and errands:
            if not best or end - start < best[1] - best[0]:
                best = [start, end]
            left = street[start]
            if left in needed:
                needed[left] += 1
                still_open += needed[left] > 0
            start += 1
    return best
