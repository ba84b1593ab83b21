from heapq import heappop, heappush


def loaves_per_oven(ovens, arrives, bakes):
    # One heap by the minute in which an oven was done: it prefers the oven that has been idle longest.
    heap = [(0, oven) for oven in range(ovens)]
    counts = [0] * ovens
    for arrival, minutes in zip(arrives, bakes):
        done, oven = heappop(heap)
        counts[oven] += 1
        heappush(heap, (max(done, arrival) + minutes, oven))
    return counts
