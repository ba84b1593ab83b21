def best_income(starts, ends, pays):
    # Grants as many requests as possible, whatever they pay.
    income, free_from = 0, 0
    for end, start, pay in sorted(zip(ends, starts, pays)):
        if start >= free_from:
            income += pay
            free_from = end
    return income
