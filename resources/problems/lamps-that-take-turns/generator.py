def generate(random, size):
    lamps = random.randint(0, 1 + size // 2)
    is_even = [random.random() < 0.5 for _ in range(lamps)]
    breaking = random.choice((0, 0.05, 1))
    first, second = [], []
    for _ in range(random.randint(0, 2 * size) if lamps else 0):
        one, other = random.randrange(lamps), random.randrange(lamps)
        if is_even[one] != is_even[other] or random.random() < breaking:
            first.append(one)
            second.append(other)
    return [lamps, first, second]
