def house_after(hands_to, start, weeks):
    house = start
    for _ in range(weeks):
        house = hands_to[house]
    return house
