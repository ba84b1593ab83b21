def move_centres(points, centres):
    # Lets a stall drift with every customer, so that later ones are sent to the wrong stall.
    moved = [list(centre) for centre in centres]
    counts = [0] * len(centres)
    for point in points:
        nearest = min(range(len(moved)), key=lambda number: sum((a - b) ** 2 for a, b in zip(point, moved[number])))
        counts[nearest] += 1
        if counts[nearest] == 1:
            moved[nearest] = [float(value) for value in point]
        else:
            moved[nearest] = [old + (new - old) / counts[nearest] for old, new in zip(moved[nearest], point)]
    return moved
