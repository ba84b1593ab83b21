def dry_ways(yard):
    # Steps right and down only.
    ways = [0] * len(yard[0])
    ways[0] = 1
    for row in yard:
        for x, stone in enumerate(row):
            ways[x] = 0 if stone == "~" else (ways[x] + (ways[x - 1] if x else 0)) % 1_000_000_007
    return ways[-1]
