def generate(random, size):
    piece = random.choice((1, 1, 7))
    factors = random.choice(((1, 2, 3), (2, 3, 5), (2, 2, 4)))
    return [
        [
            piece * random.choice(factors) * random.choice(factors) * random.choice(factors)
            for _ in range(random.randint(0, size))
        ]
    ]
