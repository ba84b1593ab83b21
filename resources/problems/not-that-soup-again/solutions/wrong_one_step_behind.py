from collections import Counter


def bearable_stays(soups, often):
    # Moves the beginning by a single day, even if that does not help.
    served = Counter()
    first = found = 0
    for last, soup in enumerate(soups):
        served[soup] += 1
        if served[soup] > often:
            served[soups[first]] -= 1
            first += 1
        found += last - first + 1
    return found
