def dry_ways(yard):
    # Gives every dry stone of the first row and column one way, even behind a puddle.
    ways = [[0] * len(row) for row in yard]
    for y, row in enumerate(yard):
        for x, stone in enumerate(row):
            if stone == "~":
                continue
            if y == 0 or x == 0:
                ways[y][x] = 1
            else:
                ways[y][x] = (ways[y - 1][x] + ways[y][x - 1] + ways[y - 1][x - 1]) % 1_000_000_007
    return ways[-1][-1] if yard[0][0] == "." else 0
