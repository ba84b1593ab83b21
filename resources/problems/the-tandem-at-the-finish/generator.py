def generate(random, size):
    """A country with few round trips or many, so that the seat at the goal matters."""
    villages = random.randint(1, size // 2 + 1)
    slowest = random.choice([0, 3, 20, 1_000_000])
    pairs = [(random.randrange(village), village) for village in range(1, villages) if random.random() < 0.95]
    for _ in range(random.choice([0, 1, 2, villages])):
        pairs.append((random.randrange(villages), random.randrange(villages)))
    random.shuffle(pairs)
    times = [[random.randint(0, slowest) for _ in pairs] for _ in range(2)]
    start, goal = random.randrange(villages), random.randrange(villages)
    return [villages, [one for one, _ in pairs], [other for _, other in pairs], *times, start, goal]
