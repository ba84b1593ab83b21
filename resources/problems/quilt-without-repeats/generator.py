MAX_PATCHES = 6


def generate(random, size):
    n = random.randint(0, min(MAX_PATCHES, 2 + size // 8))
    colours, rows = random.sample(range(1, n + 1), n), random.sample(range(n), n)
    open_share = random.choice((0.2, 0.5, 0.8, 1))
    # A finished quilt, unpicked here and there; sometimes patches that are left get another colour.
    quilt = [[0 if random.random() < open_share else colours[(row + c) % n] for c in range(n)] for row in rows]
    for _ in range(random.choice((0, 1, 2)) if n else 0):
        random.choice(quilt)[random.randrange(n)] = random.randint(1, n)
    return [quilt]
