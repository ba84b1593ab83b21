def generate(random, size):
    """A tree whose lanterns often share a spot."""
    gaps = random.choice([0.0, 0.3, 0.6])
    brightest = random.choice([2, 9, 1_000_000])
    lanterns, open_ends, left = [], 1, random.randint(0, size)
    while left and open_ends:
        if open_ends > 1 and random.random() < gaps:
            lanterns.append(None)
            open_ends -= 1
        else:
            lanterns.append(random.randint(1, brightest))
            open_ends += 1
            left -= 1
    return [lanterns]
