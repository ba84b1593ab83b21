def regrow(notes):
    # Hangs every number where a search would look for it, whether or not the notes allow that.
    root, way = None, []
    for number in notes:
        fork, left_behind = TreeNode(number), None
        while way and way[-1].val < number:
            left_behind = way.pop()
        if left_behind:
            left_behind.right = fork
        elif way:
            way[-1].left = fork
        else:
            root = fork
        way.append(fork)
    return root
