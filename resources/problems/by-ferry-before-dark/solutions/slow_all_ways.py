def earliest_arrival(ferries, start, goal, minute, seen=frozenset()):
    if start == goal:
        return minute
    best = None
    for origin, destination, first, every, takes in ferries:
        if origin != start or destination in seen:
            continue
        departure = first if minute <= first else minute + (first - minute) % every
        found = earliest_arrival(ferries, destination, goal, departure + takes, seen | {start})
        if found is not None and (best is None or found < best):
            best = found
    return best
