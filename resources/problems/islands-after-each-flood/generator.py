def generate(random, size):
    rows, columns = random.randint(1, 1 + size // 10), random.randint(1, 1 + size // 10)
    highest = random.choice((1, 3, 9))
    heights = [[random.randint(0, highest) for _ in range(columns)] for _ in range(rows)]
    return [heights, [random.randint(0, highest) for _ in range(random.randint(0, 1 + size // 4))]]
