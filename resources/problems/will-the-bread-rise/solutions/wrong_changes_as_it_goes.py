from math import exp


def learn_once(rows, labels, weights, bias, rate, penalty):
    # Steps after every day, and so predicts the later days with weights that have moved.
    for row, label in zip(rows, labels):
        z = bias + sum(weight * value for weight, value in zip(weights, row))
        p = 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
        step = rate / len(rows)
        weights = [w - step * ((p - label) * value + penalty * w) for w, value in zip(weights, row)]
        bias -= step * (p - label)
    return [*weights, bias]
