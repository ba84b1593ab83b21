def generate(random, size):
    labels = random.choice((1, 2, 2, 9))
    steps, opened = [], []
    for _ in range(random.randint(0, size)):
        if opened and random.random() < 0.5:
            steps.append(-opened.pop())
        else:
            opened.append(random.randint(1, labels))
            steps.append(opened[-1])
    if random.random() < 0.7:
        steps += [-label for label in reversed(opened)]
    if steps and random.random() < 0.7:
        # Everything was true so far; two steps that change places may let boxes cross.
        one, other = random.randrange(len(steps)), random.randrange(len(steps))
        steps[one], steps[other] = steps[other], steps[one]
    return [steps]
