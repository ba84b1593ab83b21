MAX_CRATES = 14


def generate(random, size):
    capacity = random.choice((12, 30, 100))
    crates = random.randint(0, min(size, MAX_CRATES))
    if random.random() < 0.5:
        heaviest = random.choice((capacity // 2, 2 * capacity // 3, capacity))
        weights = [random.randint(capacity // 6, heaviest) for _ in range(crates)]
    else:
        # Three by three they fill the boat exactly, which a hasty packing misses.
        weights = []
        while len(weights) + 3 <= crates:
            one, both = sorted(random.sample(range(1, capacity), 2))
            weights += [one, both - one, capacity - both]
        random.shuffle(weights)
    if weights and random.random() < 0.1:
        weights[0] = capacity + 1
    return [weights, capacity]
