def generate(random, size):
    longest = random.choice((2, 5, 50))
    hours = [random.randint(1, longest) for _ in range(random.randint(0, size))]
    latest = max(1, sum(hours) // random.choice((1, 2, 4)))
    return [hours, [random.randint(1, latest) for _ in hours]]
