def shortest_walk(street, errands):
    # Takes the errands for a set, so that one baker serves two of them.
    wanted = set(errands)
    last = {}
    best = []
    for end, shop in enumerate(street):
        if shop not in wanted:
            continue
        last.pop(shop, None)
        last[shop] = end
        if len(last) == len(wanted):
            start = next(iter(last.values()))
            if not best or end - start < best[1] - best[0]:
                best = [start, end]
    return best
