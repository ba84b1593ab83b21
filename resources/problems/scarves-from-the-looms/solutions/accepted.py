def minutes_until(threading, per_scarf, scarves):
    looms = list(zip(threading, per_scarf, strict=True))

    def ready(minute):
        return sum((minute - setup) // each for setup, each in looms if minute > setup)

    if scarves == 0:
        return 0
    early, late = 0, min(setup + scarves * each for setup, each in looms)
    while early < late:
        middle = (early + late) // 2
        if ready(middle) >= scarves:
            late = middle
        else:
            early = middle + 1
    return early
