from heapq import heappop, heappush


def served(roads, ovens, ready):
    # Of two equal arrivals keeps the one that was found first.
    best, heap = {}, []
    for oven, (place, minute) in enumerate(zip(ovens, ready)):
        if place not in best or minute < best[place][0]:
            best[place] = (minute, oven)
            heappush(heap, (minute, place))
    while heap:
        minute, place = heappop(heap)
        if minute > best[place][0]:
            continue
        for following, takes in roads[place]:
            if following not in best or minute + takes < best[following][0]:
                best[following] = (minute + takes, best[place][1])
                heappush(heap, (minute + takes, following))
    result = [0] * len(ovens)
    for _, oven in best.values():
        result[oven] += 1
    return result
