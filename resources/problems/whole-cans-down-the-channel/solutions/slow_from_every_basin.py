def count_stretches(basins, can):
    found = 0
    begins = [basins] if basins else []
    for begin in begins:
        begins += [one for one in (begin.left, begin.right) if one]
        still = [(begin, 0)]
        while still:
            basin, total = still.pop()
            total += basin.val
            found += total % can == 0
            still += [(one, total) for one in (basin.left, basin.right) if one]
    return found
