def minutes_until(threading, per_scarf, scarves):
    # Adds up fractions of scarves from all looms before it rounds down.
    if scarves == 0:
        return 0
    looms = list(zip(threading, per_scarf, strict=True))
    early, late = 0, min(setup + scarves * each for setup, each in looms)
    while early < late:
        middle = (early + late) // 2
        if sum((middle - setup) / each for setup, each in looms if middle > setup) >= scarves:
            late = middle
        else:
            early = middle + 1
    return early
