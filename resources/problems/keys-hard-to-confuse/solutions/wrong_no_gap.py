def greatest_difference(keys, gap):
    # Finds the greatest difference of any two keys, wherever they hang.
    if len(keys) <= gap:
        return None
    best, mask = 0, 0
    for place in range(19, -1, -1):
        mask |= 1 << place
        beginnings = {key & mask for key in keys}
        if any((best | 1 << place) ^ one in beginnings for one in beginnings):
            best |= 1 << place
    return best
