def least_repair(islets, ends, others, costs):
    group = list(range(islets))
    total = 0
    for bridge in sorted(range(len(costs)), key=costs.__getitem__):
        kept, merged = group[ends[bridge]], group[others[bridge]]
        if kept != merged:
            group = [kept if label == merged else label for label in group]
            total += costs[bridge]
    return total if len(set(group)) == 1 else None
