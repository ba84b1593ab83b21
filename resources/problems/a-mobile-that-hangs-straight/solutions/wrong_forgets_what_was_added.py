def least_added(mobile):
    # Weighs with the figures as they were, without the grams glued on below.
    added = 0

    def weight(figure):
        nonlocal added
        if figure is None:
            return 0
        left, right = weight(figure.left), weight(figure.right)
        added += abs(left - right)
        return figure.val + left + right

    weight(mobile)
    return added
