def generate(random, size):
    """A tree, and some who were asked: often few and close together, sometimes a stranger."""
    gaps = random.choice([0.0, 0.3, 0.6])
    names = random.sample(range(2 * size + 2), random.randint(0, size))
    gossip, open_ends = [], 1
    for name in names:
        while open_ends > 1 and random.random() < gaps:
            gossip.append(None)
            open_ends -= 1
        gossip.append(name)
        open_ends += 1
    begin = random.randint(0, max(0, len(names) - 1))
    near = names[begin : begin + random.choice([1, 3, 10])]
    asked = [random.choice(near) for _ in range(random.randint(0, 6))] if near else []
    if random.random() < 0.15:
        asked.insert(random.randint(0, len(asked)), 2 * size + 5)
    return [gossip, asked]
