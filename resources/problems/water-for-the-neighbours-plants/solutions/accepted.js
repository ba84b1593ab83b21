function fewest_days(leaves, returns, waterings) {
  const order = leaves.map((_, neighbour) => neighbour).sort((a, b) => returns[a] - returns[b]);
  const blocks = [{ first: -2, last: -2, total: 0 }];
  for (const neighbour of order) {
    const start = leaves[neighbour], end = returns[neighbour];
    let low = 0, high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle].first < start) low = middle;
      else high = middle - 1;
    }
    const within = blocks[blocks.length - 1].total - blocks[low].total + Math.max(0, blocks[low].last - start + 1);
    let missing = waterings[neighbour] - within;
    if (missing <= 0) continue;
    while (end - blocks[blocks.length - 1].last <= missing) {
      const swallowed = blocks.pop();
      missing += swallowed.last - swallowed.first + 1;
    }
    blocks.push({ first: end - missing + 1, last: end, total: blocks[blocks.length - 1].total + missing });
  }
  return blocks[blocks.length - 1].total;
}
