def first_mistake(steps):
    for position, step in enumerate(steps):
        if step > 0:
            continue
        closed = 0
        partner = None
        for earlier in range(position - 1, -1, -1):
            if steps[earlier] < 0:
                closed += 1
            elif closed:
                closed -= 1
            else:
                partner = steps[earlier]
                break
        if partner != -step:
            return position
    return -1 if 2 * sum(step > 0 for step in steps) == len(steps) else len(steps)
