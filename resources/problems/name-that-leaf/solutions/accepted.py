from heapq import nsmallest


def name_leaf(lengths, widths, kinds, k, length, width):
    distances = [(long - length) ** 2 + (wide - width) ** 2 for long, wide in zip(lengths, widths)]
    votes = {}
    for leaf in nsmallest(k, range(len(kinds)), key=distances.__getitem__):
        votes[kinds[leaf]] = votes.get(kinds[leaf], 0) + 1
    return max(votes, key=votes.__getitem__)
