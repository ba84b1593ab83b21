def generate(random, size):
    latest = random.choice((5, size, 20 * size))
    buses, ferries = (sorted(random.randint(0, latest) for _ in range(random.randint(0, size))) for _ in range(2))
    return [buses, ferries, random.choice((0, 1, random.randint(0, latest)))]
