def name_leaf(lengths, widths, kinds, k, length, width):
    # Adds the two differences up instead of taking the straight line.
    order = sorted(range(len(kinds)), key=lambda leaf: abs(lengths[leaf] - length) + abs(widths[leaf] - width))
    votes = {}
    for leaf in order[:k]:
        votes[kinds[leaf]] = votes.get(kinds[leaf], 0) + 1
    return max(votes, key=votes.__getitem__)
