def ways_to_pave(length):
    # Counts all pavings, also those with two long slabs in a row.
    ways = [0, 0, 1]
    for _ in range(length):
        ways = [ways[1], ways[2], sum(ways) % 1_000_000_007]
    return ways[2]
