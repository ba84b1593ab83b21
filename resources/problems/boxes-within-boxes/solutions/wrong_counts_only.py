from collections import Counter


def first_mistake(steps):
    # Counts the open boxes of each label and lets boxes cross.
    opened = Counter()
    for position, step in enumerate(steps):
        if step > 0:
            opened[step] += 1
        elif opened[-step]:
            opened[-step] -= 1
        else:
            return position
    return len(steps) if any(opened.values()) else -1
