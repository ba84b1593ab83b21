from bisect import bisect_left


def best_income(starts, ends, pays):
    # Does not let a party take over in the minute in which another ends.
    requests = sorted(zip(ends, starts, pays))
    closing = [end for end, _, _ in requests]
    best = [0]
    for _, start, pay in requests:
        best.append(max(best[-1], best[bisect_left(closing, start)] + pay))
    return best[-1]
