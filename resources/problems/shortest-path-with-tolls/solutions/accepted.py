from heapq import heappop, heappush


def shortest_path(graph, source, target):
    best = {source: 0}
    queue = [(0, source)]
    while queue:
        toll, town = heappop(queue)
        if town == target:
            return toll
        if toll > best[town]:
            continue
        for other, price in graph.get(town, []):
            reached = toll + price
            if other not in best or reached < best[other]:
                best[other] = reached
                heappush(queue, (reached, other))
    return None
