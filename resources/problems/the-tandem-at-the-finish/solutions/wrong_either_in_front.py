from heapq import heappop, heappush


def fastest_finish(villages, ends, others, ada, ben, start, goal):
    # Takes the photograph no matter who sits in front.
    roads = [[] for _ in range(villages)]
    for one, other, *minutes in zip(ends, others, ada, ben):
        roads[one].append((other, minutes))
        roads[other].append((one, minutes))
    done = set()
    heap = [(0, start, 0)]
    while heap:
        now, village, front = heappop(heap)
        if village == goal:
            return now
        if (village, front) in done:
            continue
        done.add((village, front))
        for following, minutes in roads[village]:
            heappush(heap, (now + minutes[front], following, 1 - front))
    return None
