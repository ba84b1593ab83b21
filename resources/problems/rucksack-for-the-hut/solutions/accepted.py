def most_joy(weights, joys, capacity, pieces):
    best = [[0] * (capacity + 1) for _ in range(pieces + 1)]
    for weight, joy in zip(weights, joys):
        if weight > capacity:
            continue
        for straps in range(pieces, 0, -1):
            row, fewer = best[straps], best[straps - 1]
            for used in range(capacity, weight - 1, -1):
                taken = fewer[used - weight] + joy
                if taken > row[used]:
                    row[used] = taken
    return best[pieces][capacity]
