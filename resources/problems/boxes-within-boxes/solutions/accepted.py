def first_mistake(steps):
    opened = []
    for position, step in enumerate(steps):
        if step > 0:
            opened.append(step)
        elif opened and opened[-1] == -step:
            opened.pop()
        else:
            return position
    return len(steps) if opened else -1
