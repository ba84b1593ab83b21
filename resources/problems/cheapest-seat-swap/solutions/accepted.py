def cheapest_swap(people, seats):
    return sum(abs(person - seat) for person, seat in zip(sorted(people), sorted(seats)))
