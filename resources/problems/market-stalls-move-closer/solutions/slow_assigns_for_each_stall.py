def move_centres(points, centres):
    def nearest(point):
        distances = [sum((a - b) ** 2 for a, b in zip(point, centre)) for centre in centres]
        return distances.index(min(distances))

    moved = []
    for number, centre in enumerate(centres):
        group = [point for point in points if nearest(point) == number]
        if group:
            moved.append([sum(values) / len(group) for values in zip(*group)])
        else:
            moved.append(list(centre))
    return moved
