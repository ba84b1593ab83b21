def best_income(starts, ends, fees, pause):
    requests = sorted(zip(ends, starts, fees, strict=True))
    best = []
    for index, (_, start, fee) in enumerate(requests):
        before = 0
        for earlier in range(index):
            if requests[earlier][0] + pause <= start and best[earlier] > before:
                before = best[earlier]
        best.append(before + fee)
    return max(best, default=0)
