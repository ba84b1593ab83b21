from bisect import bisect_left, bisect_right


def pairs_between(weights, low, high):
    # Counts partners by binary search and halves the sum, but a jar may find itself among them.
    ordered = sorted(weights)
    partners = sum(bisect_right(ordered, high - one) - bisect_left(ordered, low - one) for one in ordered)
    return partners // 2
