def shortest_wait(buses, ferries, walk):
    best = None
    bus = ferry = 0
    while bus < len(buses) and ferry < len(ferries):
        wait = ferries[ferry] - buses[bus] - walk
        if wait < 0:
            ferry += 1
            continue
        best = wait if best is None else min(best, wait)
        bus += 1
    return best
