def short_labels(names):
    # Compares a name only with those before it, as if labels could be written on arrival.
    taken, labels = set(), []
    for name in names:
        length = 1
        while length < len(name) and name[:length] in taken:
            length += 1
        labels.append(name[:length])
        taken.update(name[:end] for end in range(1, len(name) + 1))
    return labels
