def generate(random, size):
    latest = random.choice((5, size + 5, 10 * size))
    taken = [random.randint(0, latest) for _ in range(random.randint(0, size))]
    returned = [begin + random.randint(1, latest) for begin in taken]
    return [taken, returned, random.choice((0, 1, random.randint(0, latest)))]
