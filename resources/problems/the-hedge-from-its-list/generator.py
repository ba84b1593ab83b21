def generate(random, size):
    """The notes of a hedge, of which every third has become nonsense."""
    count = random.randint(0, size)
    numbers = sorted(random.sample(range(-2 * size, 2 * size + 1), count))
    lean = random.choice([0.0, 0.5, 1.0])
    notes, still = [], [(0, count)]
    while still:
        begin, end = still.pop()
        if begin == end:
            continue
        root = random.randrange(begin, end) if random.random() < 0.6 else begin + int(lean * (end - begin - 1))
        notes.append(numbers[root])
        still += [(root + 1, end), (begin, root)]
    if count > 1 and random.random() < 0.35:
        one, other = random.sample(range(count), 2)
        if random.random() < 0.5:
            notes[one] = notes[other]
        else:
            notes[one], notes[other] = notes[other], notes[one]
    return [notes]
