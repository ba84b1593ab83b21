from collections import Counter


def count_stretches(basins, can):
    above = Counter([0])
    found = 0
    still = [(basins, 0)] if basins else []
    while still:
        basin, total = still.pop()
        if basin is None:
            above[total] -= 1
            continue
        total = (total + basin.val) % can
        found += above[total]
        above[total] += 1
        still.append((None, total))
        still += [(one, total) for one in (basin.left, basin.right) if one]
    return found
