def best_opening(cars, length):
    waiting = sum(cars[:length])
    best, fewest = 0, waiting
    for start in range(1, len(cars)):
        waiting += cars[(start + length - 1) % len(cars)] - cars[start - 1]
        if waiting < fewest:
            best, fewest = start, waiting
    return best
