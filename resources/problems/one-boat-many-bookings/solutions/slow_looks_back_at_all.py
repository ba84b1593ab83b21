def best_income(starts, ends, pays):
    requests = sorted(zip(ends, starts, pays))
    best = []
    for number, (_, start, pay) in enumerate(requests):
        before = 0
        for earlier in range(number):
            if requests[earlier][0] <= start:
                before = max(before, best[earlier])
        best.append(before + pay)
    return max(best, default=0)
