def short_labels(names):
    # Wants labels that differ from each other; but another pot's name may begin like one.
    labels = []
    for name in names:
        length = 1
        while length < len(name) and name[:length] in labels:
            length += 1
        labels.append(name[:length])
    return labels
