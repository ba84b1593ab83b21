from math import exp


def learn_once(rows, labels, weights, bias, rate, penalty):
    # Treats the bias as a weight of a measurement that is always 1, penalty and all.
    rows = [[*row, 1] for row in rows]
    weights = [*weights, bias]
    errors = []
    for row, label in zip(rows, labels):
        z = sum(weight * value for weight, value in zip(weights, row))
        p = 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
        errors.append(p - label)
    return [
        weight - rate * (sum(e * row[j] for e, row in zip(errors, rows)) / len(rows) + penalty * weight)
        for j, weight in enumerate(weights)
    ]
