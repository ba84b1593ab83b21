def shortest_wait(buses, ferries, walk):
    best = None
    for bus in buses:
        for ferry in ferries:
            wait = ferry - bus - walk
            if wait >= 0 and (best is None or wait < best):
                best = wait
    return best
