def kth_lunch(soups, mains, k):
    # Moves on in one list at a time, as if the lunches in order were one path through the table.
    if k > len(soups) * len(mains):
        return None
    soups, mains = sorted(soups), sorted(mains)
    soup = main = 0
    for _ in range(k - 1):
        if soup + 1 == len(soups) and main + 1 == len(mains):
            break
        if main + 1 == len(mains):
            soup += 1
        elif soup + 1 == len(soups):
            main += 1
        elif soups[soup + 1] - soups[soup] <= mains[main + 1] - mains[main]:
            soup += 1
        else:
            main += 1
    return soups[soup] + mains[main]
