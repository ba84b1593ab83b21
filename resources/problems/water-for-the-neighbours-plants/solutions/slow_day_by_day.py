def fewest_days(leaves, returns, waterings):
    chosen = set()
    for end, start, needed in sorted(zip(returns, leaves, waterings, strict=True)):
        missing = needed - sum(day in chosen for day in range(start, end + 1))
        day = end
        while missing > 0:
            if day not in chosen:
                chosen.add(day)
                missing -= 1
            day -= 1
    return len(chosen)
