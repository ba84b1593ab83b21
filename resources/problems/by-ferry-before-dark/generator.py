def generate(random, size):
    islands = random.randint(2, 2 + size // 4)
    longest = random.choice((2, 10, 40))

    def ferry():
        first, every, takes = random.randint(0, longest), random.randint(1, longest), random.randint(1, longest)
        return [random.randrange(islands), random.randrange(islands), first, every, takes]

    ferries = [ferry() for _ in range(random.randint(0, size))]
    return [ferries, random.randrange(islands), random.randrange(islands), random.randint(0, longest)]
