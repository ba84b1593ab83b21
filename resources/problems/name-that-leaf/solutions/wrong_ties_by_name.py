from collections import Counter


def name_leaf(lengths, widths, kinds, k, length, width):
    # Sorts whole records, so that ties in distance, and then in votes, go by the alphabet.
    nearest = sorted(
        ((long - length) ** 2 + (wide - width) ** 2, kind) for long, wide, kind in zip(lengths, widths, kinds)
    )[:k]
    votes = Counter(kind for _, kind in nearest)
    return min(votes, key=lambda kind: (-votes[kind], kind))
