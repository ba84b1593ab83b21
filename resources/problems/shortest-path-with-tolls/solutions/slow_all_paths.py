def shortest_path(graph, source, target, seen=frozenset()):
    if source == target:
        return 0
    found = None
    for other, price in graph.get(source, []):
        if other in seen or other == source:
            continue
        rest = shortest_path(graph, other, target, seen | {source})
        if rest is not None and (found is None or rest + price < found):
            found = rest + price
    return found
