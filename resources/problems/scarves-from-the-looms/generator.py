def generate(random, size):
    latest, slowest = random.choice((0, 3, 50)), random.choice((1, 3, 10, 100))
    threading = [random.randint(0, latest) for _ in range(random.randint(1, 1 + size // 4))]
    return [threading, [random.randint(1, slowest) for _ in threading], random.randint(0, 2 * size)]
