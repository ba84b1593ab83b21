def generate(random, size):
    """A table of at most 12 cousins, at which about half of the pairs may be at odds."""
    cousins = random.randint(0, min(12, 4 + size // 8))
    share = random.choice([0.1, 0.3, 0.5, 0.6])
    feuds = []
    for one in range(cousins):
        for other in range(one + 1, cousins):
            if random.random() < share:
                feuds.append(random.choice([[one, other], [other, one]]))
    if feuds and random.random() < 0.2:
        feuds.append(random.choice(feuds)[::-1])
    random.shuffle(feuds)
    return [cousins, feuds]
