def generate(random, size):
    side = 1 + int(size**0.5)
    height, width = random.randint(0, side), random.randint(1, side)
    squares = random.choice((".....#", "..#", "...#T", "."))
    garden = [[random.choice(squares) for _ in range(width)] for _ in range(height)]
    for _ in range(random.choice((0, 1, 1, 2, 3)) if garden else 0):
        random.choice(garden)[random.randrange(width)] = "T"
    return [["".join(row) for row in garden]]
