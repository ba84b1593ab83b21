def generate(random, size):
    """A full mobile, or a ragged one of at most 30 figures, which therefore has at most 30 levels."""
    gaps = random.choice([0.0, 0.3, 0.6])
    heaviest = random.choice([0, 1, 5, 1000])
    mobile, open_ends, left = [], 1, random.randint(0, min(size, 30) if gaps else size)
    while left and open_ends:
        if open_ends > 1 and random.random() < gaps:
            mobile.append(None)
            open_ends -= 1
        else:
            mobile.append(random.randint(0, heaviest))
            open_ends += 1
            left -= 1
    return [mobile]
