def minutes_until(warm_up, per_loaf, loaves):
    ovens = list(zip(warm_up, per_loaf, strict=True))

    def ready(minute):
        return sum((minute - warm) // each for warm, each in ovens if minute > warm)

    if loaves == 0:
        return 0
    early, late = 0, min(warm + loaves * each for warm, each in ovens)
    while early < late:
        middle = (early + late) // 2
        if ready(middle) >= loaves:
            late = middle
        else:
            early = middle + 1
    return early
