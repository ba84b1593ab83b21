from bisect import bisect_left


def fewest_days(leaves, returns, waterings):
    # The first block is no real one; it lies too far back to be swallowed.
    firsts, lasts, totals = [-2], [-2], [0]
    for end, start, needed in sorted(zip(returns, leaves, waterings, strict=True)):
        block = bisect_left(firsts, start) - 1
        missing = needed - (totals[-1] - totals[block]) - max(0, lasts[block] - start + 1)
        if missing <= 0:
            continue
        while end - lasts[-1] <= missing:
            missing += lasts.pop() - firsts.pop() + 1
            totals.pop()
        firsts.append(end - missing + 1)
        lasts.append(end)
        totals.append(totals[-1] + missing)
    return totals[-1]
