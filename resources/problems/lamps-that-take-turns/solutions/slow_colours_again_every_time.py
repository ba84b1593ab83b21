from collections import deque


def first_broken_agreement(lamps, first, second):
    neighbours = [[] for _ in range(lamps)]
    for number, (one, other) in enumerate(zip(first, second), 1):
        neighbours[one].append(other)
        neighbours[other].append(one)
        minutes = [None] * lamps
        for start in range(lamps):
            if minutes[start] is not None:
                continue
            minutes[start] = 0
            queue = deque([start])
            while queue:
                lamp = queue.popleft()
                for near in neighbours[lamp]:
                    if minutes[near] is None:
                        minutes[near] = 1 - minutes[lamp]
                        queue.append(near)
                    elif minutes[near] == minutes[lamp]:
                        return number
    return None
