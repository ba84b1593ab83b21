def generate(random, size):
    most = random.choice((1, 9, 100))
    earnings = [random.randint(0, most) for _ in range(random.randint(0, size))]
    return [earnings, random.choice((0, 1, 2, random.randint(0, size)))]
