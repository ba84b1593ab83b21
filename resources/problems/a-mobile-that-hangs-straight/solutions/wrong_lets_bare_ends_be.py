def least_added(mobile):
    # Takes a rod with one figure for a straight one.
    added = 0

    def straightened(figure):
        nonlocal added
        if figure is None:
            return 0
        left, right = straightened(figure.left), straightened(figure.right)
        if figure.left and figure.right:
            added += abs(left - right)
            return figure.val + 2 * max(left, right)
        return figure.val + left + right

    straightened(mobile)
    return added
