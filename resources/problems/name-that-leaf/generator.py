def generate(random, size):
    largest = random.choice((2, 10, 100))
    leaves = random.randint(1, size)
    lengths, widths = ([random.randint(0, largest) for _ in range(leaves)] for _ in range(2))
    kinds = [random.choice(("oak", "elm", "lime", "alder")) for _ in range(leaves)]
    return [lengths, widths, kinds, random.randint(1, leaves), random.randint(0, largest), random.randint(0, largest)]
