def ways_to_pave(length):
    all_ways, long_ways = [0, 0, 1], [0, 0, 0]
    for _ in range(length):
        long_end = all_ways[-3] - long_ways[-3]
        total = all_ways[-1] + all_ways[-2] + long_end
        all_ways = [*all_ways[1:], total % 1_000_000_007]
        long_ways = [*long_ways[1:], long_end % 1_000_000_007]
    return all_ways[-1]
