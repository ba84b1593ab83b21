def pairs_between(weights, low, high):
    ordered = sorted(weights)
    return _up_to(ordered, high) - _up_to(ordered, low - 1)


def _up_to(ordered, limit):
    light, heavy = 0, len(ordered) - 1
    pairs = 0
    while light < heavy:
        if ordered[light] + ordered[heavy] <= limit:
            pairs += heavy - light
            light += 1
        else:
            heavy -= 1
    return pairs
