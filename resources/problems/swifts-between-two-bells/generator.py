def generate(random, size):
    latest = random.choice((2, size, 10 * size))
    times = sorted(random.randint(0, latest) for _ in range(random.randint(0, size)))
    watches = [sorted(random.randint(0, latest) for _ in range(2)) for _ in range(random.randint(0, size))]
    return [times, [start for start, _ in watches], [end for _, end in watches]]
