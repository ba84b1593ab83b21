def generate(random, size):
    sourest, sweetest = random.choice(((-1, 1), (-9, 9), (1, 9), (-9, -1), (-5, 100)))
    return [[random.randint(sourest, sweetest) for _ in range(random.randint(0, size))]]
