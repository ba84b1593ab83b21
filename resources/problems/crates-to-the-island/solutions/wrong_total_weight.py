def fewest_crossings(weights, capacity):
    # Divides the total weight, as if crates could be split.
    if any(weight > capacity for weight in weights):
        return None
    return -(-sum(weights) // capacity)
