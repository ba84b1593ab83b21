def dead_ends(cave):
    found = []

    def walk(chamber, metres):
        metres += chamber.val
        if chamber.left is None and chamber.right is None:
            found.append(metres)
        for following in (chamber.left, chamber.right):
            if following:
                walk(following, metres)

    if cave:
        walk(cave, 0)
    return [min(found), max(found)] if found else []
