def generate(random, size):
    longest, most = random.choice((3, 10, 30_000)), random.choice((1, 10, 100))
    minutes = [random.randint(1, longest) for _ in range(random.randint(0, size))]
    return [minutes, [random.randint(0, most) for _ in minutes]]
