def generate(random, size):
    most = random.choice((1, 9, 100))
    cars = [random.randint(0, most) for _ in range(random.randint(1, size))]
    return [cars, random.choice((1, random.randint(1, len(cars)), random.randint(1, len(cars))))]
