MAX_VALUES = 50


def generate(random, size):
    largest = random.choice((3, 10, 2 * size))
    values = [random.randint(1, largest) for _ in range(random.randint(0, min(1 + size // 4, MAX_VALUES)))]
    return [values, random.randint(0, 2 * size)]
