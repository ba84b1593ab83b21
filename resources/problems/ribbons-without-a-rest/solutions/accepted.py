from math import gcd


def fewest_pieces(ribbons):
    if not ribbons:
        return 0
    return sum(ribbons) // gcd(*ribbons)
