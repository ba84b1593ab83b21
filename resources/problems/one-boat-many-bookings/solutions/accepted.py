from bisect import bisect_right


def best_income(starts, ends, pays):
    requests = sorted(zip(ends, starts, pays))
    closing = [end for end, _, _ in requests]
    best = [0]
    for _, start, pay in requests:
        best.append(max(best[-1], best[bisect_right(closing, start)] + pay))
    return best[-1]
