from math import exp, sqrt


def attend(queries, keys, values):
    outputs = []
    for i, query in enumerate(queries):
        scale = sqrt(len(query))
        scores = [sum(a * b for a, b in zip(query, key)) / scale for key in keys[: i + 1]]
        largest = max(scores)
        weights = [exp(score - largest) for score in scores]
        total = sum(weights)
        output = [0.0] * len(values[i])
        for weight, value in zip(weights, values):
            share = weight / total
            output = [sofar + share * number for sofar, number in zip(output, value)]
        outputs.append(output)
    return outputs
