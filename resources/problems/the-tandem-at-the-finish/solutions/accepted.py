from heapq import heappop, heappush


def fastest_finish(villages, ends, others, ada, ben, start, goal):
    roads = [[] for _ in range(villages)]
    for one, other, *minutes in zip(ends, others, ada, ben, strict=True):
        roads[one].append((other, minutes))
        if one != other:
            roads[other].append((one, minutes))
    done = set()
    heap = [(0, start, 0)]
    while heap:
        now, village, front = heappop(heap)
        if (village, front) == (goal, 0):
            return now
        if (village, front) in done:
            continue
        done.add((village, front))
        for following, minutes in roads[village]:
            if (following, 1 - front) not in done:
                heappush(heap, (now + minutes[front], following, 1 - front))
    return None
