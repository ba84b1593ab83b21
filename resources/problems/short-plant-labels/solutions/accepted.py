def short_labels(names):
    root = [0, {}]
    for name in names:
        node = root
        for letter in name:
            node = node[1].setdefault(letter, [0, {}])
            node[0] += 1
    labels = []
    for name in names:
        node, length = root, 0
        for letter in name:
            node = node[1][letter]
            length += 1
            if node[0] == 1:
                break
        labels.append(name[:length])
    return labels
