def generate(random, size):
    latest, longest = random.choice((3, size, 5 * size)), random.choice((2, 10, 50))
    arrives = sorted(random.randint(0, latest) for _ in range(random.randint(0, size)))
    return [random.randint(1, 1 + size // 4), arrives, [random.randint(1, longest) for _ in arrives]]
