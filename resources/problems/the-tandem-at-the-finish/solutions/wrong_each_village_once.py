from heapq import heappop, heappush


def fastest_finish(villages, ends, others, ada, ben, start, goal):
    # Never comes through a village a second time, and knows only one situation in each.
    roads = [[] for _ in range(villages)]
    for one, other, *minutes in zip(ends, others, ada, ben):
        roads[one].append((other, minutes))
        roads[other].append((one, minutes))
    done = set()
    heap = [(0, start, 0)]
    while heap:
        now, village, front = heappop(heap)
        if (village, front) == (goal, 0):
            return now
        if village in done:
            continue
        if village != goal:
            done.add(village)
        else:
            continue
        for following, minutes in roads[village]:
            heappush(heap, (now + minutes[front], following, 1 - front))
    return None
