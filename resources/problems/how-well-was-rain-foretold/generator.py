def generate(random, size):
    shades = random.choice((1, 4, 10, 100))
    chances = [random.randint(0, shades) / shades for _ in range(random.randint(0, size))]
    is_honest = random.random() < 0.5
    return [chances, [random.random() < (chance if is_honest else 0.5) for chance in chances]]
