def seat(cousins, feuds):
    enemies = {(one, other) for pair in feuds for one, other in (pair, pair[::-1])}
    order = [0][:cousins]

    def fill():
        if len(order) == cousins:
            return not cousins or (order[-1], 0) not in enemies
        for following in range(1, cousins):
            if following not in order and (order[-1], following) not in enemies:
                order.append(following)
                if fill():
                    return True
                order.pop()
        return False

    return order if fill() else None
