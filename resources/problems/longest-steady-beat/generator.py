def generate(random, size):
    gap = random.choice((1, 2, 3, 10))
    far = gap + random.choice((2, size))
    minutes = []
    count = random.randint(0, size)
    while len(minutes) < count:
        first = random.randint(-far, far)
        minutes += [first + gap * beat for beat in range(random.randint(1, 5))]
    random.shuffle(minutes)
    return [minutes[:count], gap]
