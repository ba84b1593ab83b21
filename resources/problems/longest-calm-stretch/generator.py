def generate(random, size):
    step = random.choice((1, 3, 20))
    waves, height = [], 0
    for _ in range(random.randint(0, size)):
        # The sea rises and falls little by little, or every minute stands for itself.
        height = random.randint(-step, step) + random.choice((0, height))
        waves.append(height)
    return [waves, random.choice((0, 1, random.randint(0, 2 * step)))]
