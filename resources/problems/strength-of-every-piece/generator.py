def generate(random, size):
    strongest = random.choice((1, 3, 100, 10_000))
    return [[random.randint(0, strongest) for _ in range(random.randint(0, size))]]
