def generate(random, size):
    """A season with few recipes or many, and a bound that is often met exactly."""
    recipes = random.choice([1, 2, 4, 12])
    days = random.randint(0, size)
    return [[random.randint(1, recipes) for _ in range(days)], random.choice([1, 1, 2, 3, size])]
