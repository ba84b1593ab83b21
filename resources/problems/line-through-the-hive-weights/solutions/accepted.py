def fit_line(days, weights):
    if all(day == days[0] for day in days):
        return None
    mean_day = sum(days) / len(days)
    mean_weight = sum(weights) / len(weights)
    products = squares = 0.0
    for day, weight in zip(days, weights):
        products += (day - mean_day) * (weight - mean_weight)
        squares += (day - mean_day) ** 2
    slope = products / squares
    return [slope, mean_weight - slope * mean_day]
