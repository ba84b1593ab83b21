def generate(random, size):
    days, measurements = random.randint(1, 1 + size // 3), random.randint(1, 4)
    # The large scale takes z beyond what exp can do.
    scale = random.choice((0, 1, 1, 1_000))

    def quarters(count, scale=1):
        return [random.randint(-8, 8) * scale / 4 for _ in range(count)]

    rows = [quarters(measurements, scale) for _ in range(days)]
    labels = [random.randint(0, 1) for _ in range(days)]
    rate, penalty = random.choice((0, 0.125, 0.5, 1)), random.choice((0, 0.5, 2))
    return [rows, labels, quarters(measurements), quarters(1)[0], rate, penalty]
