def generate(random, size):
    people = random.randint(0, size)
    far = random.choice((1, size, 20 * size))
    return [[random.randint(-far, far) for _ in range(people)] for _ in range(2)]
