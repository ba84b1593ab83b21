def least_impatience(minutes, impatience):
    # The most impatient first, however long that keeps all others waiting.
    clock = total = 0
    for duration, points in sorted(zip(minutes, impatience, strict=True), key=lambda thing: (-thing[1], thing[0])):
        clock += duration
        total += clock * points
    return total
