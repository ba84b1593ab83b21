from collections import deque


def shortest_path(graph, source, target):
    # Takes the way with the fewest roads for the cheapest one.
    best = {source: 0}
    queue = deque([source])
    while queue:
        town = queue.popleft()
        if town == target:
            return best[town]
        for other, price in graph.get(town, []):
            if other not in best:
                best[other] = best[town] + price
                queue.append(other)
    return None
