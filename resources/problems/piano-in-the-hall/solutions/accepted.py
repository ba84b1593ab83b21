from bisect import bisect_right


def best_income(starts, ends, fees, pause):
    requests = sorted(zip(ends, starts, fees, strict=True))
    over = [end for end, _, _ in requests]
    best = [0]
    for end, start, fee in requests:
        before = bisect_right(over, start - pause)
        best.append(max(best[-1], best[before] + fee))
    return best[-1]
