from collections import deque


def widest_way(rooms, ends, others, widths, start, goal):
    # Measures the way with the fewest passages.
    passages = [[] for _ in range(rooms)]
    for end, other, width in zip(ends, others, widths):
        passages[end].append((other, width))
        passages[other].append((end, width))
    narrowest = {start: 1_000_000}
    queue = deque([start])
    while queue:
        room = queue.popleft()
        for other, width in passages[room]:
            if other not in narrowest:
                narrowest[other] = min(narrowest[room], width)
                queue.append(other)
    return narrowest.get(goal)
