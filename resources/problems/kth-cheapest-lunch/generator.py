def generate(random, size):
    dearest = random.choice((2, 20, 10 * size))
    soups, mains = ([random.randint(0, dearest) for _ in range(random.randint(0, size))] for _ in range(2))
    lunches = len(soups) * len(mains)
    return [soups, mains, random.choice((lunches + 1, *(random.randint(1, lunches + 1) for _ in range(4))))]
