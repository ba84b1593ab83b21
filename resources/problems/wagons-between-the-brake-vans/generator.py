def generate(random, size):
    """A train with many vans or few, and a siding about as long as its stretches."""
    vans = random.choice([0.0, 0.15, 0.4, 0.8])
    length = random.randint(0, size)
    train = [0 if random.random() < vans else random.randint(1, 9) for _ in range(length)]
    return [train, random.choice([1, 2, 3, 5, max(1, length), 100_000])]
