from math import exp


def learn_once(rows, labels, weights, bias, rate, penalty):
    # Adds the days up instead of taking their mean.
    errors = []
    for row, label in zip(rows, labels):
        z = bias + sum(weight * value for weight, value in zip(weights, row))
        p = 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
        errors.append(p - label)
    learned = [
        weight - rate * (sum(e * row[j] for e, row in zip(errors, rows)) + penalty * weight)
        for j, weight in enumerate(weights)
    ]
    return [*learned, bias - rate * sum(errors)]
