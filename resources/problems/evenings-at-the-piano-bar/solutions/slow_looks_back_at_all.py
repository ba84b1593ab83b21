def most_earned(earnings, rest):
    best = []
    for evening, pay in enumerate(earnings):
        before = max(best[: max(evening - rest, 0)], default=0)
        best.append(before + pay)
    return max(best, default=0)
