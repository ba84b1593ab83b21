def minutes_until(warm_up, per_loaf, loaves):
    # Adds up fractions of loaves from all ovens before it rounds down.
    if loaves == 0:
        return 0
    ovens = list(zip(warm_up, per_loaf, strict=True))
    early, late = 0, min(warm + loaves * each for warm, each in ovens)
    while early < late:
        middle = (early + late) // 2
        if sum((middle - warm) / each for warm, each in ovens if middle > warm) >= loaves:
            late = middle
        else:
            early = middle + 1
    return early
