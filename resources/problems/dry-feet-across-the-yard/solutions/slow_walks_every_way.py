def dry_ways(yard, y=0, x=0):
    if y == len(yard) or x == len(yard[0]) or yard[y][x] == "~":
        return 0
    if y == len(yard) - 1 and x == len(yard[0]) - 1:
        return 1
    return (dry_ways(yard, y + 1, x) + dry_ways(yard, y, x + 1) + dry_ways(yard, y + 1, x + 1)) % 1_000_000_007
