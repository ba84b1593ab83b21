def least_impatience(minutes, impatience):
    things = sorted(zip(minutes, impatience, strict=True), key=lambda thing: -thing[1] / thing[0])
    clock = total = 0
    for duration, points in things:
        clock += duration
        total += clock * points
    return total
