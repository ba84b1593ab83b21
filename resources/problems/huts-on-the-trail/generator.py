def generate(random, size):
    end = random.randint(1, random.choice((1, 2, 5)) * size)
    huts = sorted(random.sample(range(1, end), random.randint(0, min(size, end - 1))))
    stops = [0, *huts, end]
    longest = max(later - earlier for earlier, later in zip(stops, stops[1:]))
    return [huts, end, max(1, longest + random.choice((-1, 0, 0, 1, 2, random.randint(0, end))))]
