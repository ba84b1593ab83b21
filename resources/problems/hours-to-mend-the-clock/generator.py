def generate(random, size):
    steps = random.randint(0, size)
    order = random.sample(range(steps), steps)
    rules = [random.choices(order, k=2) for _ in range(random.randint(0, size) if steps else 0)]
    if random.random() < 0.8:
        # Rules that all follow one order of the steps make no circle.
        rules = [sorted(rule, key=order.index) for rule in rules if rule[0] != rule[1]]
    return [steps, [first for first, _ in rules], [then for _, then in rules]]
