def generate(random, size):
    largest = random.randint(1, 5)
    count = random.randint(0, size)
    cards = []
    while len(cards) < count:
        piece = list(range(1, random.randint(1, largest) + 1))
        random.shuffle(piece)
        # A piece is a complete set, or its numbers are drawn anew and may come twice.
        cards += piece if random.random() < 0.5 else [random.randint(1, largest) for _ in piece]
    return [cards[:count]]
