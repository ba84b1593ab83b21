function name_leaf(lengths, widths, kinds, k, length, width) {
  const distances = lengths.map((long, leaf) => (long - length) ** 2 + (widths[leaf] - width) ** 2);
  const order = distances.map((_, leaf) => leaf).sort((a, b) => distances[a] - distances[b] || a - b);
  const votes = new Map();
  for (const leaf of order.slice(0, k)) votes.set(kinds[leaf], (votes.get(kinds[leaf]) ?? 0) + 1);
  let name = null;
  for (const [kind, count] of votes) if (name === null || count > votes.get(name)) name = kind;
  return name;
}
