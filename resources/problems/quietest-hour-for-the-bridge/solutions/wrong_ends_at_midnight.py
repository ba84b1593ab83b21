def best_opening(cars, length):
    # Forgets the openings that run over midnight.
    waiting = sum(cars[:length])
    best, fewest = 0, waiting
    for start in range(1, len(cars) - length + 1):
        waiting += cars[start + length - 1] - cars[start - 1]
        if waiting < fewest:
            best, fewest = start, waiting
    return best
