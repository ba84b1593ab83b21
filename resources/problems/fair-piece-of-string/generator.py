def generate(random, size):
    colours = random.choice(("rgb", "rgb", "rgb", "rrgb"))
    return ["".join(random.choice(colours) for _ in range(random.randint(0, size)))]
