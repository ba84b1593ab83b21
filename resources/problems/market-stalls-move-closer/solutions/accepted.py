def move_centres(points, centres):
    sums = [[0.0] * len(centre) for centre in centres]
    counts = [0] * len(centres)
    for point in points:
        nearest, least = 0, None
        for number, centre in enumerate(centres):
            distance = 0
            for a, b in zip(point, centre):
                distance += (a - b) * (a - b)
            if least is None or distance < least:
                nearest, least = number, distance
        counts[nearest] += 1
        total = sums[nearest]
        for axis, value in enumerate(point):
            total[axis] += value
    return [
        [value / count for value in total] if count else list(centre)
        for total, count, centre in zip(sums, counts, centres)
    ]
