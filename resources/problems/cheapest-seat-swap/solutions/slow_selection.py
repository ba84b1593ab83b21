def cheapest_swap(people, seats):
    left, free = list(people), list(seats)
    total = 0
    while left:
        person, seat = min(left), min(free)
        left.remove(person)
        free.remove(seat)
        total += abs(person - seat)
    return total
