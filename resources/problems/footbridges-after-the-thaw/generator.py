def generate(random, size):
    islets = random.randint(1, 1 + size // 2)
    dearest = random.choice((1, 9, 100))
    bridges = [(random.randrange(islets), random.randrange(islets)) for _ in range(random.randint(0, size))]
    if random.random() < 0.8:
        bridges += [(random.randrange(islet), islet) for islet in range(1, islets)]
    random.shuffle(bridges)
    costs = [random.randint(0, dearest) for _ in bridges]
    return [islets, [end for end, _ in bridges], [other for _, other in bridges], costs]
