def best_opening(cars, length):
    twice = cars + cars
    return min(range(len(cars)), key=lambda start: (sum(twice[start : start + length]), start))
