from math import exp


def learn_once(rows, labels, weights, bias, rate, penalty):
    gradient = [0.0] * len(weights)
    total = 0.0
    for row, label in zip(rows, labels):
        z = bias + sum(weight * value for weight, value in zip(weights, row))
        p = 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
        error = p - label
        total += error
        gradient = [slope + error * value for slope, value in zip(gradient, row)]
    days = len(rows)
    learned = [weight - rate * (slope / days + penalty * weight) for weight, slope in zip(weights, gradient)]
    return [*learned, bias - rate * total / days]
