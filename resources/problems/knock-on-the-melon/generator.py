def generate(random, size):
    far = random.choice((1, 5, 2 * size))
    pitches = [random.randint(-far, far) for _ in range(random.randint(0, size))]
    limit, high_is_ripe, noise = random.randint(-far, far), random.random() < 0.5, random.choice((0.1, 0.3, 0.5))
    ripe = [((pitch >= limit) == high_is_ripe) != (random.random() < noise) for pitch in pitches]
    most = random.choice((1, 9, 100))
    return [pitches, ripe, [random.randint(0, most) for _ in pitches]]
