from collections import deque


def beds_by_distance(garden):
    # The taps walk one after the other, and a bed stays with the first tap that found it.
    height = len(garden)
    width = len(garden[0]) if garden else 0
    distance = {}
    for top in range(height):
        for left in range(width):
            if garden[top][left] != "T":
                continue
            queue = deque([(top, left, 0)])
            while queue:
                y, x, steps = queue.popleft()
                for ny, nx in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                    if 0 <= ny < height and 0 <= nx < width and garden[ny][nx] == "." and (ny, nx) not in distance:
                        distance[ny, nx] = steps + 1
                        queue.append((ny, nx, steps + 1))
    found = list(distance.values())
    return [found.count(steps) for steps in range(1, max(found, default=0) + 1)]
