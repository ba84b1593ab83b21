from math import exp, sqrt


def attend(queries, keys, values):
    # Lets every word look at the whole text.
    outputs = []
    for query in queries:
        scores = [sum(a * b for a, b in zip(query, key)) / sqrt(len(query)) for key in keys]
        weights = [exp(score - max(scores)) for score in scores]
        outputs.append([sum(w * x for w, x in zip(weights, column)) / sum(weights) for column in zip(*values)])
    return outputs
