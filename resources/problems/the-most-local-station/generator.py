def generate(random, size):
    far, longest = random.choice((5, 2 * size, 20 * size)), random.choice((1, 5, 2 * size))
    begins = [random.randint(0, far) for _ in range(random.randint(0, size))]
    ends = [begin + random.randint(0, longest) for begin in begins]
    return [begins, ends, [random.randint(0, far + longest) for _ in range(random.randint(0, size))]]
