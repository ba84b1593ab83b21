def name_leaf(lengths, widths, kinds, k, length, width):
    left = list(range(len(kinds)))
    votes = {}
    for _ in range(k):
        nearest = min(left, key=lambda leaf: (lengths[leaf] - length) ** 2 + (widths[leaf] - width) ** 2)
        left.remove(nearest)
        votes[kinds[nearest]] = votes.get(kinds[nearest], 0) + 1
    return max(votes, key=votes.__getitem__)
