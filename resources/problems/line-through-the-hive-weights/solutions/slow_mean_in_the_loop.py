def fit_line(days, weights):
    if len(set(days)) < 2:
        return None
    count = len(days)
    products = sum((x - sum(days) / count) * (y - sum(weights) / count) for x, y in zip(days, weights))
    squares = sum((x - sum(days) / count) ** 2 for x in days)
    slope = products / squares
    return [slope, sum(weights) / count - slope * sum(days) / count]
