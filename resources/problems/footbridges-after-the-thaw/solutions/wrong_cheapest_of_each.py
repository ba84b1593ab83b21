def least_repair(islets, ends, others, costs):
    # Every islet repairs its cheapest bridge; but that can leave several groups.
    chosen = set()
    for islet in range(islets):
        own = [
            bridge
            for bridge in range(len(costs))
            if islet in (ends[bridge], others[bridge]) and ends[bridge] != others[bridge]
        ]
        if own:
            chosen.add(min(own, key=costs.__getitem__))
        elif islets > 1:
            return None
    return sum(costs[bridge] for bridge in chosen)
