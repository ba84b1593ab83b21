def beds_by_distance(garden):
    height = len(garden)
    width = len(garden[0]) if garden else 0
    seen = [[square != "." for square in row] for row in garden]
    layer = [(y, x) for y in range(height) for x in range(width) if garden[y][x] == "T"]
    counts = []
    while True:
        reached = []
        for y, x in layer:
            for ny, nx in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= ny < height and 0 <= nx < width and not seen[ny][nx]:
                    seen[ny][nx] = True
                    reached.append((ny, nx))
        if not reached:
            return counts
        counts.append(len(reached))
        layer = reached
