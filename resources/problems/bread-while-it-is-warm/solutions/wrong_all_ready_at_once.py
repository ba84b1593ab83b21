from heapq import heappop, heappush


def served(roads, ovens, ready):
    # Begins to count the minutes when the boys leave, whichever oven they leave from.
    heap = []
    for oven, place in enumerate(ovens):
        heappush(heap, (0, oven, place))
    buys = set()
    result = [0] * len(ovens)
    while heap:
        minute, oven, place = heappop(heap)
        if place in buys:
            continue
        buys.add(place)
        result[oven] += 1
        for following, takes in roads[place]:
            heappush(heap, (minute + takes, oven, following))
    return result
