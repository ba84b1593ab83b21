from math import exp, sqrt


def attend(queries, keys, values):
    def weights(i):
        scale = sqrt(len(queries[i]))
        scores = [sum(a * b for a, b in zip(queries[i], key)) / scale for key in keys[: i + 1]]
        largest = max(scores)
        shares = [exp(score - largest) for score in scores]
        total = sum(shares)
        return [share / total for share in shares]

    return [
        [sum(weight * value[place] for weight, value in zip(weights(i), values)) for place in range(len(values[i]))]
        for i in range(len(queries))
    ]
