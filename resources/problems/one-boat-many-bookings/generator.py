def generate(random, size):
    latest, longest = random.choice((5, size, 10 * size)), random.choice((2, 5, 2 + size))
    starts = [random.randint(0, latest) for _ in range(random.randint(0, size))]
    most = random.choice((1, 9, 100))
    return [starts, [start + random.randint(1, longest) for start in starts], [random.randint(0, most) for _ in starts]]
