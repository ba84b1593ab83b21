WORDS = ("calm", "fog", "gale", "rain", "ships")


def generate(random, size):
    """Two notebooks whose days meet often."""
    days = random.choice([1, 3, size + 1])

    def notebook():
        entries = random.randint(0, size // 2 + 1)
        return [[day, random.choice(WORDS)] for day in sorted(random.randint(-days, days) for _ in range(entries))]

    return [notebook(), notebook()]
