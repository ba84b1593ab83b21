def generate(random, size):
    heaviest = random.choice((1, 5, 10 * size))
    weights = [random.randint(0, heaviest) for _ in range(random.randint(0, size))]
    low, high = sorted(random.randint(0, 2 * heaviest) for _ in range(2))
    return [weights, low, random.choice((low, high))]
