def generate(random, size):
    """A hillside with litres around zero, and cans small enough to fit often."""
    gaps = random.choice([0.0, 0.3, 0.6])
    most = random.choice([1, 6, 1_000_000])
    basins, open_ends, left = [], 1, random.randint(0, size)
    while left and open_ends:
        if open_ends > 1 and random.random() < gaps:
            basins.append(None)
            open_ends -= 1
        else:
            basins.append(random.randint(-most, most))
            open_ends += 1
            left -= 1
    return [basins, random.choice([1, 2, 3, 5, 7, 1_000_000])]
