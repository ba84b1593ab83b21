def bearable_stays(soups, often):
    # Allows `often` different recipes, however often each of them is served.
    served = {}
    first = found = 0
    for last, soup in enumerate(soups):
        served[soup] = served.get(soup, 0) + 1
        while len(served) > often:
            served[soups[first]] -= 1
            if not served[soups[first]]:
                del served[soups[first]]
            first += 1
        found += last - first + 1
    return found
