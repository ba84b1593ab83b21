def house_after(hands_to, start, weeks):
    first_visit = {}
    order = []
    house = start
    while house not in first_visit:
        first_visit[house] = len(order)
        order.append(house)
        house = hands_to[house]
    if weeks < len(order):
        return order[weeks]
    begin = first_visit[house]
    return order[begin + (weeks - begin) % (len(order) - begin)]
