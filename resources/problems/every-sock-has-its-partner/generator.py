def generate(random, size):
    kinds = "abcdefghijklmnopqrstuvwxyz"[: random.choice((1, 2, 3, 5, 26))]
    return ["".join(random.choice(kinds) for _ in range(random.randint(0, size)))]
