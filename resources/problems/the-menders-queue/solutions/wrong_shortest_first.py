def least_impatience(minutes, impatience):
    # The shortest first: right only if all owners are equally impatient.
    clock = total = 0
    for duration, points in sorted(zip(minutes, impatience, strict=True), key=lambda thing: (thing[0], -thing[1])):
        clock += duration
        total += clock * points
    return total
