def generate(random, size):
    houses = random.randint(1, size)
    # On the way to near houses lie long tails and circles; far ones give short ways.
    near = random.choice((1, 2, houses))
    hands_to = [(house + random.randint(0, near)) % houses for house in range(houses)]
    return [hands_to, random.randrange(houses), random.choice((0, random.randint(0, 3 * size)))]
