def fit_line(days, weights):
    # The textbook formula; far from zero it subtracts two huge numbers that are nearly equal.
    count = len(days)
    sum_x, sum_y = float(sum(days)), float(sum(weights))
    sum_xy = sum(float(x) * y for x, y in zip(days, weights))
    sum_xx = sum(float(x) * x for x in days)
    below = count * sum_xx - sum_x * sum_x
    if below == 0:
        return None
    slope = (count * sum_xy - sum_x * sum_y) / below
    return [slope, (sum_y - slope * sum_x) / count]
