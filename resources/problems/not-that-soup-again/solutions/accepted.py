from collections import Counter


def bearable_stays(soups, often):
    served = Counter()
    first = found = 0
    for last, soup in enumerate(soups):
        served[soup] += 1
        while served[soup] > often:
            served[soups[first]] -= 1
            first += 1
        found += last - first + 1
    return found
