def seat(cousins, feuds):
    friends = [(1 << cousins) - 1 for _ in range(cousins)]
    for one, other in feuds:
        friends[one] &= ~(1 << other)
        friends[other] &= ~(1 << one)
    order, dead = [0], set()

    def fill(standing):
        last = order[-1]
        if not standing:
            return cousins == 1 or friends[last] & 1
        if (last, standing) in dead:
            return False
        for following in range(1, cousins):
            if standing & friends[last] & 1 << following:
                order.append(following)
                if fill(standing ^ 1 << following):
                    return True
                order.pop()
        dead.add((last, standing))
        return False

    if cousins == 0:
        return []
    return order if fill((1 << cousins) - 2) else None
