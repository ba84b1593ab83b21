def generate(random, size):
    """A valley with short roads, so that bread often arrives in the same minute."""
    places = random.randint(1, size // 2 + 1)
    longest = random.choice([0, 2, 5, 1000])
    roads = {str(place): [] for place in range(places)}
    for _ in range(random.randint(0, 2 * places)):
        here, there = random.randrange(places), random.randrange(places)
        roads[str(here)].append([there, random.randint(0, longest)])
    ovens = [random.randrange(places) for _ in range(random.randint(0, size // 10 + 2))]
    latest = random.choice([0, 3, 10])
    return [roads, ovens, [random.randint(0, latest) for _ in ovens]]
