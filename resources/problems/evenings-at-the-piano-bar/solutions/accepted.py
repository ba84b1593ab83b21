def most_earned(earnings, rest):
    best = [0]
    for evening, pay in enumerate(earnings):
        before = best[evening - rest] if evening >= rest else 0
        best.append(max(best[-1], before + pay))
    return best[-1]
