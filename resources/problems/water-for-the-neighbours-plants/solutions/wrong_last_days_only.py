def fewest_days(leaves, returns, waterings):
    # Takes the last days of each absence and does not count what was chosen before them.
    days = 0
    free_from = 0
    for end, start, needed in sorted(zip(returns, leaves, waterings, strict=True)):
        first = max(start, end - needed + 1)
        days += max(0, end - max(first, free_from) + 1)
        free_from = max(free_from, end + 1)
    return days
