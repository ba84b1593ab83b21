MAX_CRATES = 14


def generate(random, size):
    capacity = random.choice((5, 12, 20, 100))
    crates = random.randint(0, min(size, MAX_CRATES))
    heaviest = random.choice((capacity // 2, 2 * capacity // 3, capacity))
    weights = [random.randint(capacity // 5, heaviest) for _ in range(crates)]
    if random.random() < 0.6:
        # Crates that can be packed without a free place are the ones that a hasty packing misses.
        weights = []
        while len(weights) + 4 <= crates:
            cuts = [0, *sorted(random.sample(range(1, capacity), random.randint(1, 3))), capacity]
            weights += [end - begin for begin, end in zip(cuts, cuts[1:])]
        random.shuffle(weights)
    if weights and random.random() < 0.1:
        weights[0] = capacity + 1
    return [weights, capacity]
