def regrow(notes):
    # Compares each number with the fork it hangs on, not with those further up.
    root, way = None, []
    for number in notes:
        fork, left_behind = TreeNode(number), None
        while way and way[-1].val < number:
            left_behind = way.pop()
        if way and way[-1].val == number:
            return None
        if left_behind:
            if left_behind.right:
                return None
            left_behind.right = fork
        elif way:
            if way[-1].left:
                return None
            way[-1].left = fork
        elif root:
            return None
        else:
            root = fork
        way.append(fork)
    return root
