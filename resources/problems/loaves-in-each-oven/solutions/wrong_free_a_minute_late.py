from heapq import heappop, heappush


def loaves_per_oven(ovens, arrives, bakes):
    # An oven that is done in the minute of arrival is not yet taken for free.
    free, busy, counts = list(range(ovens)), [], [0] * ovens
    for arrival, minutes in zip(arrives, bakes):
        while busy and busy[0][0] < arrival:
            heappush(free, heappop(busy)[1])
        begin, oven = (arrival, heappop(free)) if free else heappop(busy)
        counts[oven] += 1
        heappush(busy, (begin + minutes, oven))
    return counts
