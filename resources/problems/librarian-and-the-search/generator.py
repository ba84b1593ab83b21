def generate(random, size):
    last = random.choice((2, size, 5 * size))
    return [[random.randint(0, last) for _ in range(random.randint(0, size))] for _ in range(2)]
