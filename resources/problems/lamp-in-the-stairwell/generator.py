def generate(random, size):
    latest = random.choice((5, 2 * size, 20 * size))
    pressed = [random.randint(0, latest) for _ in range(random.randint(0, size))]
    longest = random.choice((2, 10, latest))
    return [pressed, [random.randint(0, longest) for _ in pressed]]
