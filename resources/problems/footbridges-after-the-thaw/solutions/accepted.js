function least_repair(islets, ends, others, costs) {
  const parent = Array.from({ length: islets }, (_, islet) => islet);
  const find = (islet) => {
    while (parent[islet] !== islet) {
      parent[islet] = parent[parent[islet]];
      islet = parent[islet];
    }
    return islet;
  };
  const order = costs.map((_, bridge) => bridge).sort((a, b) => costs[a] - costs[b]);
  let total = 0;
  let groups = islets;
  for (const bridge of order) {
    const one = find(ends[bridge]);
    const other = find(others[bridge]);
    if (one !== other) {
      parent[one] = other;
      total += costs[bridge];
      groups--;
    }
  }
  return groups === 1 ? total : null;
}
