def greatest_difference(keys, gap):
    best = None
    for right in range(gap, len(keys)):
        for left in range(right - gap + 1):
            difference = keys[left] ^ keys[right]
            if best is None or difference > best:
                best = difference
    return best
