from heapq import heappop, heappush


def earliest_arrival(ferries, start, goal, minute):
    # Does not catch a ferry that leaves in the minute of arrival.
    arrival = {start: minute}
    heap = [(minute, start)]
    while heap:
        now, island = heappop(heap)
        if island == goal:
            return now
        for origin, destination, first, every, takes in ferries:
            if origin != island:
                continue
            departure = first if now < first else now + every - (now - first) % every
            reached = departure + takes
            if destination not in arrival or reached < arrival[destination]:
                arrival[destination] = reached
                heappush(heap, (reached, destination))
    return None
