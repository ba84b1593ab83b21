from collections import Counter


def bearable_stays(soups, often):
    # Begins a new stay on the day on which a soup is one too many.
    served = Counter()
    first = found = 0
    for last, soup in enumerate(soups):
        served[soup] += 1
        if served[soup] > often:
            served = Counter([soup])
            first = last
        found += last - first + 1
    return found
