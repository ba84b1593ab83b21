def fewest_crossings(weights, capacity):
    crates = sorted(weights, reverse=True)
    if not crates:
        return 0
    if crates[0] > capacity:
        return None
    enough = -(-sum(crates) // capacity)
    best = len(crates)
    loads = []

    def place(index):
        nonlocal best
        if index == len(crates):
            best = len(loads)
            return
        tried = set()
        for number in range(len(loads)):
            load = loads[number]
            if load in tried or load + crates[index] > capacity:
                continue
            tried.add(load)
            loads[number] += crates[index]
            place(index + 1)
            loads[number] = load
            if best == enough:
                return
        if len(loads) + 1 < best:
            loads.append(crates[index])
            place(index + 1)
            loads.pop()

    place(0)
    return best
