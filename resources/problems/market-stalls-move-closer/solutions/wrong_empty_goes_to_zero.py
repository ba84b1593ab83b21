def move_centres(points, centres):
    # Sends a stall without customers to the origin.
    groups = [[] for _ in centres]
    for point in points:
        distances = [sum((a - b) ** 2 for a, b in zip(point, centre)) for centre in centres]
        groups[distances.index(min(distances))].append(point)
    return [
        [sum(point[axis] for point in group) / max(len(group), 1) for axis in range(len(centre))]
        for group, centre in zip(groups, centres)
    ]
