def digits_needed(first, last, digit):
    return sum(str(door).count(str(digit)) for door in range(first, last + 1))
