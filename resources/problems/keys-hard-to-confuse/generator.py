def generate(random, size):
    largest = 2 ** random.choice((1, 3, 5, 20)) - 1
    keys = [random.randint(0, largest) for _ in range(random.randint(0, size))]
    return [keys, random.randint(1, 1 + len(keys) // random.choice((1, 2, 10)))]
