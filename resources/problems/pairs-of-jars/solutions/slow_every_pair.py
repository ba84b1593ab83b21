def pairs_between(weights, low, high):
    pairs = 0
    for index, one in enumerate(weights):
        for other in weights[index + 1 :]:
            pairs += low <= one + other <= high
    return pairs
