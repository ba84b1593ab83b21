from collections import Counter


def shortest_walk(street, errands):
    best = []
    for start in range(len(street) if errands else 0):
        needed = Counter(errands)
        still_open = len(errands)
        for end in range(start, len(street)):
            if needed[street[end]] > 0:
                needed[street[end]] -= 1
                still_open -= 1
            if still_open == 0:
                if not best or end - start < best[1] - best[0]:
                    best = [start, end]
                break
    return best
