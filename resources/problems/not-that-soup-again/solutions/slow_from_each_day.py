def bearable_stays(soups, often):
    found = 0
    for first in range(len(soups)):
        served = {}
        for last in range(first, len(soups)):
            soup = soups[last]
            served[soup] = served.get(soup, 0) + 1
            if served[soup] > often:
                break
            found += 1
    return found
