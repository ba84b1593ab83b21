MAX_THINGS, MAX_PIECES, MAX_CAPACITY = 60, 12, 1_000


def generate(random, size):
    heaviest, most = random.choice((1, 5, 30)), random.choice((1, 9, 100))
    weights = [random.randint(0, heaviest) for _ in range(random.randint(0, min(size, MAX_THINGS)))]
    joys = [random.randint(0, most) for _ in weights]
    capacity = random.randint(0, min(sum(weights) + 1, MAX_CAPACITY))
    return [weights, joys, capacity, random.randint(0, min(len(weights) + 1, MAX_PIECES))]
