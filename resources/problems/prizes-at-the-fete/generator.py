def generate(random, size):
    """An afternoon with few children and equal totals, or with many children."""
    names = ["ada", "bob", "eve", "ida", "max", "mia", "tom", "zoe"][: random.randint(1, 8)]
    if random.random() < 0.3:
        names = ["".join(random.choice("abc") for _ in range(random.randint(1, 4))) for _ in range(size)]
    most = random.choice([0, 1, 3, 1_000_000])
    games = random.randint(0, size)
    return "".join(f"{random.choice(names)} {random.randint(-most, most)}\n" for _ in range(games))
