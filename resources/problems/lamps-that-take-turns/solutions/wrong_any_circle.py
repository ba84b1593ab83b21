def first_broken_agreement(lamps, first, second):
    # Takes every circle for a broken one, but even circles can be kept.
    parent = list(range(lamps))

    def find(lamp):
        while parent[lamp] != lamp:
            parent[lamp] = parent[parent[lamp]]
            lamp = parent[lamp]
        return lamp

    for number, (one, other) in enumerate(zip(first, second), 1):
        top, bottom = find(one), find(other)
        if top == bottom:
            return number
        parent[bottom] = top
    return None
