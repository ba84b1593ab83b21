from heapq import heapify, heappop, heappush


def served(roads, ovens, ready):
    heap = [(minute, oven, place) for oven, (place, minute) in enumerate(zip(ovens, ready, strict=True))]
    heapify(heap)
    buys = set()
    result = [0] * len(ovens)
    while heap:
        minute, oven, place = heappop(heap)
        if place in buys:
            continue
        buys.add(place)
        result[oven] += 1
        for following, takes in roads[place]:
            if following not in buys:
                heappush(heap, (minute + takes, oven, following))
    return result
