def regrow(notes):
    root = None
    for number in notes:
        fork = TreeNode(number)
        if root is None:
            root = fork
            continue
        above = root
        while True:
            side = "left" if number < above.val else "right"
            if getattr(above, side) is None:
                setattr(above, side, fork)
                break
            above = getattr(above, side)
    written, still = [], [root]
    while still:
        fork = still.pop()
        if fork:
            written.append(fork.val)
            still += [fork.right, fork.left]
    is_strict = len(set(notes)) == len(notes)
    return root if is_strict and written == notes else None
