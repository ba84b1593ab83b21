def cheapest_swap(people, seats):
    free = list(seats)
    total = 0
    for person in people:
        seat = min(free, key=lambda place: abs(place - person))
        free.remove(seat)
        total += abs(seat - person)
    return total
