def seat(cousins, feuds):
    # Always seats the lowest number that fits, and gives up when none does.
    enemies = {(one, other) for pair in feuds for one, other in (pair, pair[::-1])}
    order = [0][:cousins]
    while len(order) < cousins:
        fitting = [one for one in range(cousins) if one not in order and (order[-1], one) not in enemies]
        if not fitting:
            return None
        order.append(fitting[0])
    return None if cousins and (order[-1], 0) in enemies else order
