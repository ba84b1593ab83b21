def first_broken_agreement(lamps, first, second):
    parent = list(range(lamps))
    parity = [0] * lamps
    size = [1] * lamps

    def find(lamp):
        way = []
        while parent[lamp] != lamp:
            way.append(lamp)
            lamp = parent[lamp]
        against = 0
        for passed in reversed(way):
            against ^= parity[passed]
            parent[passed], parity[passed] = lamp, against
        return lamp

    for number, (one, other) in enumerate(zip(first, second), 1):
        top, bottom = find(one), find(other)
        differs = parity[one] ^ parity[other]
        if top == bottom:
            if not differs:
                return number
            continue
        if size[top] < size[bottom]:
            top, bottom = bottom, top
        parent[bottom], parity[bottom] = top, differs ^ 1
        size[top] += size[bottom]
    return None
