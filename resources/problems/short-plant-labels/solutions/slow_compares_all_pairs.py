def short_labels(names):
    labels = []
    for name in names:
        length = 1
        while length < len(name) and sum(other.startswith(name[:length]) for other in names) > 1:
            length += 1
        labels.append(name[:length])
    return labels
