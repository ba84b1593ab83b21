from collections import Counter


def count_stretches(basins, can):
    # Never takes a sum out again, and so joins basins of different branches.
    above = Counter([0])
    found = 0
    still = [(basins, 0)] if basins else []
    while still:
        basin, total = still.pop()
        total = (total + basin.val) % can
        found += above[total]
        above[total] += 1
        still += [(one, total) for one in (basin.left, basin.right) if one]
    return found
