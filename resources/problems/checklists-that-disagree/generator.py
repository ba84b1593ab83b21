def generate(random, size):
    every_bird = 2 ** random.choice((1, 3, 30)) - 1
    return [[random.choice((0, every_bird, random.randint(0, every_bird))) for _ in range(random.randint(0, size))]]
