def dead_ends(cave):
    # Believes that the dead end with the fewest chambers before it is the nearest.
    row = [(cave, cave.val)] if cave else []
    ends = []
    while row:
        following = []
        for chamber, metres in row:
            if not (chamber.left or chamber.right):
                ends.append(metres)
            following += [(one, metres + one.val) for one in (chamber.left, chamber.right) if one]
        row = following
    return [ends[0], ends[-1]] if ends else []
