def least_added(mobile):
    added = 0

    def straightened(figure):
        nonlocal added
        if figure is None:
            return 0
        left, right = straightened(figure.left), straightened(figure.right)
        added += abs(left - right)
        return figure.val + 2 * max(left, right)

    straightened(mobile)
    return added
