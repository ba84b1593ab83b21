def kth_lunch(soups, mains, k):
    if k > len(soups) * len(mains):
        return None
    soups, mains = sorted(soups), sorted(mains)
    low, high = soups[0] + mains[0], soups[-1] + mains[-1]
    while low < high:
        middle = (low + high) // 2
        if _at_most(soups, mains, middle) >= k:
            high = middle
        else:
            low = middle + 1
    return low


def _at_most(soups, mains, price):
    lunches = 0
    fitting = len(mains)
    for soup in soups:
        while fitting and soup + mains[fitting - 1] > price:
            fitting -= 1
        if not fitting:
            break
        lunches += fitting
    return lunches
