from heapq import heappop, heappush


def loaves_per_oven(ovens, arrives, bakes):
    free = list(range(ovens))
    busy = []
    counts = [0] * ovens
    for arrival, minutes in zip(arrives, bakes):
        while busy and busy[0][0] <= arrival:
            heappush(free, heappop(busy)[1])
        if free:
            begin, oven = arrival, heappop(free)
        else:
            begin, oven = heappop(busy)
        counts[oven] += 1
        heappush(busy, (begin + minutes, oven))
    return counts
