def least_repair(islets, ends, others, costs):
    parent = list(range(islets))

    def find(islet):
        while parent[islet] != islet:
            parent[islet] = parent[parent[islet]]
            islet = parent[islet]
        return islet

    total, groups = 0, islets
    for bridge in sorted(range(len(costs)), key=costs.__getitem__):
        one, other = find(ends[bridge]), find(others[bridge])
        if one != other:
            parent[one] = other
            total += costs[bridge]
            groups -= 1
    return total if groups == 1 else None
