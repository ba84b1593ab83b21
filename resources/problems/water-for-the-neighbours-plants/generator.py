def generate(random, size):
    latest, longest = random.choice((3, size, 5 * size)), random.choice((1, 5, 2 * size))
    leaves = [random.randint(0, latest) for _ in range(random.randint(0, size))]
    days = [random.randint(1, longest) for _ in leaves]
    returns = [first + count - 1 for first, count in zip(leaves, days)]
    return [leaves, returns, [random.choice((1, count, random.randint(1, count))) for count in days]]
