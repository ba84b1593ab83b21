def dry_ways(yard):
    above = [1] + [0] * len(yard[0])
    for row in yard:
        here = [0]
        for x, stone in enumerate(row):
            ways = here[x] + above[x] + above[x + 1]
            here.append(ways % 1_000_000_007 if stone == "." else 0)
        above = here
    return above[-1]
