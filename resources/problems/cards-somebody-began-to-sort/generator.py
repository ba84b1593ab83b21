def generate(random, size):
    """Cards with many short runs or few long ones, and few passes or far too many."""
    length = random.randint(0, size)
    highest = random.choice([1, 3, 10, 100])
    cards = [random.randint(-highest, highest) for _ in range(length)]
    if random.random() < 0.4:
        cut = random.randint(0, length)
        cards = sorted(cards[:cut]) + sorted(cards[cut:], reverse=random.random() < 0.5)
    return [cards, random.choice([0, 1, 1, 1, 2, 3, 100])]
