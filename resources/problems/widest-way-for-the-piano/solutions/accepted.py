from heapq import heappop, heappush


def widest_way(rooms, ends, others, widths, start, goal):
    passages = [[] for _ in range(rooms)]
    for end, other, width in zip(ends, others, widths):
        passages[end].append((-width, other))
        passages[other].append((-width, end))
    reached = [False] * rooms
    reached[start] = True
    heap = sorted(passages[start])
    narrowest = None
    while heap:
        width, room = heappop(heap)
        if reached[room]:
            continue
        reached[room] = True
        narrowest = -width if narrowest is None else min(narrowest, -width)
        if room == goal:
            return narrowest
        for passage in passages[room]:
            if not reached[passage[1]]:
                heappush(heap, passage)
    return None
