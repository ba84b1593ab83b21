from heapq import heappop, heappush


def earliest_arrival(ferries, start, goal, minute):
    leaving = {}
    for origin, destination, first, every, takes in ferries:
        leaving.setdefault(origin, []).append((destination, first, every, takes))
    arrival = {start: minute}
    heap = [(minute, start)]
    while heap:
        now, island = heappop(heap)
        if island == goal:
            return now
        if now > arrival[island]:
            continue
        for destination, first, every, takes in leaving.get(island, ()):
            departure = first if now <= first else now + (first - now) % every
            reached = departure + takes
            if destination not in arrival or reached < arrival[destination]:
                arrival[destination] = reached
                heappush(heap, (reached, destination))
    return None
