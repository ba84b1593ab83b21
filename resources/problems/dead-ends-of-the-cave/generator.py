def generate(random, size):
    """A cave of any shape: full, ragged or nearly a single way down."""
    gaps = random.choice([0.0, 0.3, 0.6])
    longest = random.choice([1, 9, 1000])
    cave, open_ends, left = [], 1, random.randint(0, size)
    while left and open_ends:
        if open_ends > 1 and random.random() < gaps:
            cave.append(None)
            open_ends -= 1
        else:
            cave.append(random.randint(1, longest))
            open_ends += 1
            left -= 1
    return [cave]
