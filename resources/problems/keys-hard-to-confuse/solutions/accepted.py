TOP = 19


def greatest_difference(keys, gap):
    zero, one = [0], [0]
    children = (zero, one)
    best = None
    for right in range(gap, len(keys)):
        key, node = keys[right - gap], 0
        for place in range(TOP, -1, -1):
            branch = children[key >> place & 1]
            if not branch[node]:
                branch[node] = len(zero)
                zero.append(0)
                one.append(0)
            node = branch[node]
        key, node, difference = keys[right], 0, 0
        for place in range(TOP, -1, -1):
            bit = key >> place & 1
            other = children[1 - bit][node]
            if other:
                difference |= 1 << place
                node = other
            else:
                node = children[bit][node]
        if best is None or difference > best:
            best = difference
    return best
