def most_joy(weights, joys, capacity, pieces):
    # Runs upwards through the straps, and so takes the same thing several times.
    best = [[0] * (capacity + 1) for _ in range(pieces + 1)]
    for weight, joy in zip(weights, joys):
        for straps in range(1, pieces + 1):
            for used in range(capacity, weight - 1, -1):
                best[straps][used] = max(best[straps][used], best[straps - 1][used - weight] + joy)
    return best[pieces][capacity]
