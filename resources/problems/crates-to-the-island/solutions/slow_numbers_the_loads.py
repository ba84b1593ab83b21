def fewest_crossings(weights, capacity):
    if any(weight > capacity for weight in weights):
        return None
    loads = [0] * len(weights)

    def place(index):
        if index == len(weights):
            return sum(load > 0 for load in loads)
        best = len(weights)
        for number in range(len(loads)):
            if loads[number] + weights[index] <= capacity:
                loads[number] += weights[index]
                best = min(best, place(index + 1))
                loads[number] -= weights[index]
        return best

    return place(0)
