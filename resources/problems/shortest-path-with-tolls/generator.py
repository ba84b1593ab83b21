def generate(random, size):
    towns = [f"T{number}" for number in range(random.randint(1, 2 + size // 4))]
    dearest = random.choice((0, 3, 9, 20))
    graph = {town: [] for town in towns if random.random() < 0.9}
    for _ in range(random.randint(0, size) if graph else 0):
        graph[random.choice(list(graph))].append([random.choice(towns), random.randint(0, dearest)])
    return [graph, random.choice(towns), random.choice(towns)]
