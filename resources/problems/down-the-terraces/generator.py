def generate(random, size):
    highest = random.choice((1, 5, 10 * size))
    return [[random.randint(0, highest) for _ in range(random.randint(0, size))]]
