def count_stretches(basins, can):
    # Counts only stretches that begin at the topmost basin.
    found = 0
    still = [(basins, 0)] if basins else []
    while still:
        basin, total = still.pop()
        total += basin.val
        found += total % can == 0
        still += [(one, total) for one in (basin.left, basin.right) if one]
    return found
