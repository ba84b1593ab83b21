def fit_line(days, weights):
    # Joins the first and the last measurement.
    if len(set(days)) < 2:
        return None
    first = min(range(len(days)), key=days.__getitem__)
    last = max(range(len(days)), key=days.__getitem__)
    slope = (weights[last] - weights[first]) / (days[last] - days[first])
    return [slope, weights[first] - slope * days[first]]
