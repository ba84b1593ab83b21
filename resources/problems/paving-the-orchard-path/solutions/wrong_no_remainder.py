def ways_to_pave(length):
    # Right for short paths; forgets to take the remainder.
    every, ends_long = [0, 0, 1], [0, 0, 0]
    for _ in range(length):
        long = every[0] - ends_long[0]
        every = [every[1], every[2], every[1] + every[2] + long]
        ends_long = [ends_long[1], ends_long[2], long]
    return every[2]
