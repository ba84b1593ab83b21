def generate(random, size):
    notes = random.sample("abcdef", random.choice((0, 1, 2, 3, 3, 3, 4, 6)))
    return ["".join(notes), random.randint(0, size)]
