def generate(random, size):
    low, high = random.choice(((-9, 9), (-9, -1), (0, 2), (-100, 100)))
    throws = [random.randint(low, high) for _ in range(random.randint(0, size))]
    return [throws, random.choice((1, 2, random.randint(1, size + 1)))]
