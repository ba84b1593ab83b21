def generate(random, size):
    axes, far = random.randint(1, 3), random.choice((1, 3, 40))

    def places(count):
        # Halves are exact, and so is whether two stalls are equally near.
        return [[random.randint(-far, far) / 2 for _ in range(axes)] for _ in range(count)]

    return [places(random.randint(0, size)), places(random.randint(1, 2 + size // 10))]
