def generate(random, size):
    """A necklace, and a step that often meets its first bead."""
    length = random.randint(0, size)
    beads = [random.randint(1, 9) for _ in range(length)]
    return [beads, random.choice([1, 2, 3, max(1, length // 2), max(1, length), length + 1])]
