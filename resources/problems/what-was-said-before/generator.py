def generate(random, size):
    words = random.randint(0, 1 + size // 4)
    # The large scale takes scores beyond what exp can do.
    scale = random.choice((0, 1, 1, 40))

    def numbers(axes, scale):
        return [[random.randint(-8, 8) * scale / 4 for _ in range(axes)] for _ in range(words)]

    axes = random.randint(1, 4)
    return [numbers(axes, scale), numbers(axes, scale), numbers(random.randint(1, 4), 1)]
