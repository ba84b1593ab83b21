from math import gcd


def fewest_pieces(ribbons):
    # Compares each ribbon with the shortest only, and takes the least of the divisors for a common one.
    if not ribbons:
        return 0
    shortest = min(ribbons)
    return sum(ribbons) // min(gcd(shortest, ribbon) for ribbon in ribbons)
