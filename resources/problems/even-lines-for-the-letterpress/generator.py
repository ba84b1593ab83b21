def generate(random, size):
    width = random.randint(1, 12)
    longest = random.randint(1, width)
    return [[random.randint(1, longest) for _ in range(random.randint(0, size))], width]
