def digits_needed(first, last, digit):
    # Treats zero like the other digits, and so counts zeros in front of the numbers.
    return _up_to(last, digit) - _up_to(first - 1, digit)


def _up_to(number, digit):
    count = 0
    place = 1
    while place <= number:
        front, rest = divmod(number, 10 * place)
        here, behind = divmod(rest, place)
        count += front * place
        if here > digit:
            count += place
        elif here == digit:
            count += behind + 1
        place *= 10
    return count
