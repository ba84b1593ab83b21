from math import exp


def learn_once(rows, labels, weights, bias, rate, penalty):
    def error(row, label):
        z = bias + sum(weight * value for weight, value in zip(weights, row))
        p = 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
        return p - label

    learned = []
    for j, weight in enumerate(weights):
        slope = sum(error(row, label) * row[j] for row, label in zip(rows, labels)) / len(rows)
        learned.append(weight - rate * (slope + penalty * weight))
    return [*learned, bias - rate * sum(map(error, rows, labels)) / len(rows)]
