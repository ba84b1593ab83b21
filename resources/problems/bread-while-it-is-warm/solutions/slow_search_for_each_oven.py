from heapq import heappop, heappush


def served(roads, ovens, ready):
    best = {}
    for oven, (start, minute) in enumerate(zip(ovens, ready)):
        heap, reached = [(minute, start)], set()
        while heap:
            now, place = heappop(heap)
            if place in reached:
                continue
            reached.add(place)
            if place not in best or now < best[place][0]:
                best[place] = (now, oven)
            for following, takes in roads[place]:
                heappush(heap, (now + takes, following))
    result = [0] * len(ovens)
    for _, oven in best.values():
        result[oven] += 1
    return result
