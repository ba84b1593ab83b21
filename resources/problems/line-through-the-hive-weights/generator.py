def generate(random, size):
    # Quarters of a day are exact numbers, far from zero too.
    first = random.choice((0, -10, 10_000_000))
    span = random.choice((1, 4 * size))
    days = [first + random.randint(0, span) / 4 for _ in range(random.randint(0, size))]
    slope, noise = random.randint(-3, 3), random.choice((0, 5))
    return [days, [slope * (day - first) + random.randint(-noise, noise) / 2 for day in days]]
