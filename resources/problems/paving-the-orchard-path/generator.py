def generate(random, size):
    # From 36 metres on there are more ways than the number that they are divided by.
    return [random.choice((size, random.randint(0, 2 * size)))]
