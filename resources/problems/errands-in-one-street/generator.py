def generate(random, size):
    kinds = ["baker", "bank", "florist", "tailor"][: random.randint(1, 4)]
    street = [random.choice(kinds) for _ in range(random.randint(0, size))]
    errands = random.sample(street, random.randint(0, min(len(street), 5)))
    if random.random() < 0.2:
        errands.append(random.choice(["baker", "chemist"]))
    return [street, errands]
