def seat(cousins, feuds):
    # Seats the cousins in a row: the last one and cousin 0 may be enemies.
    enemies = {(one, other) for pair in feuds for one, other in (pair, pair[::-1])}
    dead = set()

    def fill(order, standing):
        if not standing:
            return order
        if (order[-1], standing) in dead:
            return None
        for following in sorted(standing):
            if (order[-1], following) not in enemies:
                found = fill([*order, following], standing - {following})
                if found:
                    return found
        dead.add((order[-1], standing))
        return None

    return fill([0], frozenset(range(1, cousins))) if cousins else []
