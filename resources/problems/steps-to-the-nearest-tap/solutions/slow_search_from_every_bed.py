from collections import deque


def beds_by_distance(garden):
    height = len(garden)
    width = len(garden[0]) if garden else 0
    found = []
    for top in range(height):
        for left in range(width):
            if garden[top][left] != ".":
                continue
            queue, seen = deque([(top, left, 0)]), {(top, left)}
            while queue:
                y, x, steps = queue.popleft()
                if garden[y][x] == "T":
                    found.append(steps)
                    break
                for ny, nx in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                    inside = 0 <= ny < height and 0 <= nx < width
                    if inside and garden[ny][nx] != "#" and (ny, nx) not in seen:
                        seen.add((ny, nx))
                        queue.append((ny, nx, steps + 1))
    return [found.count(steps) for steps in range(1, max(found, default=0) + 1)]
