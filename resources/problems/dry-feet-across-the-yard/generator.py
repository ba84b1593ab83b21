def generate(random, size):
    height, width = random.randint(1, 2 + size // 8), random.randint(1, 2 + size // 8)
    stones = random.choice((".", "......~", "..~"))
    return [["".join(random.choice(stones) for _ in range(width)) for _ in range(height)]]
