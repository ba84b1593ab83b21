from heapq import heappop, heappush


def served(roads, ovens, ready):
    # Makes a place with an oven wait for its own bread.
    heap = [(minute, oven, place) for oven, (place, minute) in enumerate(zip(ovens, ready))]
    heap.sort()
    homes = {}
    for minute, oven, place in heap:
        homes.setdefault(place, oven)
    buys = set()
    result = [0] * len(ovens)
    while heap:
        minute, oven, place = heappop(heap)
        if place in buys or homes.get(place, oven) != oven:
            continue
        buys.add(place)
        result[oven] += 1
        for following, takes in roads[place]:
            heappush(heap, (minute + takes, oven, following))
    return result
