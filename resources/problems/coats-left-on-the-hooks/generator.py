def generate(random, size):
    last = random.choice((1, size // 3, size))
    return [[random.randint(0, last) for _ in range(random.randint(0, size))]]
