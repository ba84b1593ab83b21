def generate(random, size):
    rooms = random.randint(2, 2 + size // 3)
    widest = random.choice((2, 10, 200))
    ends = [random.randrange(rooms) for _ in range(random.randint(0, size))]
    others = [random.randrange(rooms) for _ in ends]
    start, goal = random.sample(range(rooms), 2)
    return [rooms, ends, others, [random.randint(1, widest) for _ in ends], start, goal]
