def generate(random, size):
    towns = [f"T{number}" for number in range(random.randint(2, 3 + size // 4))]
    dearest = random.choice((1, 9, 20))
    graph = {town: [] for town in towns if random.random() < 0.9}
    for _ in range(random.randint(0, 2 * size) if graph else 0):
        graph[random.choice(list(graph))].append([random.choice(towns), random.randint(0, dearest)])
    source, target = random.sample(towns, 2)
    return [graph, source, random.choice((source, *[target] * 9))]
