def least_impatience(minutes, impatience):
    left = list(zip(minutes, impatience, strict=True))
    clock = total = 0
    while left:
        best = max(range(len(left)), key=lambda index: left[index][1] / left[index][0])
        duration, points = left.pop(best)
        clock += duration
        total += clock * points
    return total
