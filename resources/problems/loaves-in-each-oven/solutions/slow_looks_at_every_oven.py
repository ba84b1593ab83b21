def loaves_per_oven(ovens, arrives, bakes):
    done = [0] * ovens
    counts = [0] * ovens
    for arrival, minutes in zip(arrives, bakes):
        chosen = None
        for oven in range(ovens):
            if done[oven] <= arrival:
                chosen = oven
                break
            if chosen is None or done[oven] < done[chosen]:
                chosen = oven
        done[chosen] = max(done[chosen], arrival) + minutes
        counts[chosen] += 1
    return counts
