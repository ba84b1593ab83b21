def generate(random, size):
    """Calls that begin alike, and rows made of them, sometimes with a tone that fits nowhere."""
    tones = random.choice(["ab", "abc", "abcdefgh"])

    def row(longest):
        return "".join(random.choice(tones) for _ in range(random.randint(1, longest)))

    calls = [row(random.choice([2, 4, 6])) for _ in range(random.randint(0, size // 5 + 1))]
    whistles = []
    for _ in range(random.randint(0, size // 10 + 1)):
        parts = [random.choice(calls) if calls else "" for _ in range(random.randint(0, 6))]
        if random.random() < 0.4:
            parts.insert(random.randint(0, len(parts)), row(2))
        whistles.append("".join(parts))
    return [calls, whistles]
