def fewest_crossings(weights, capacity):
    # Heaviest first, each into the first load with room; that can need a crossing too many.
    loads = []
    for weight in sorted(weights, reverse=True):
        if weight > capacity:
            return None
        for number, load in enumerate(loads):
            if load + weight <= capacity:
                loads[number] += weight
                break
        else:
            loads.append(weight)
    return len(loads)
