def regrow(notes):
    root, bound, way = None, None, []
    for number in notes:
        if bound is not None and number <= bound:
            return None
        fork = TreeNode(number)
        left_behind = None
        while way and way[-1].val < number:
            left_behind = way.pop()
        if way and way[-1].val == number:
            return None
        if left_behind:
            left_behind.right = fork
            bound = left_behind.val
        elif way:
            way[-1].left = fork
        else:
            root = fork
        way.append(fork)
    return root
