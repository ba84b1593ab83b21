def least_repair(islets, ends, others, costs):
    # Takes the cheapest bridges, as many as a plan needs, even if they close a circle.
    if len(costs) < islets - 1:
        return None
    return sum(sorted(costs)[: islets - 1])
