function shortest_walk(street, errands) {
  if (!errands.length) return [];
  const needed = new Map();
  for (const errand of errands) needed.set(errand, (needed.get(errand) || 0) + 1);
  let open = errands.length, start = 0, best = [];
  street.forEach((shop, end) => {
    if (needed.has(shop)) {
      if (needed.get(shop) > 0) open--;
      needed.set(shop, needed.get(shop) - 1);
    }
    while (open === 0) {
      if (!best.length || end - start < best[1] - best[0]) best = [start, end];
      const left = street[start++];
      if (needed.has(left)) {
        needed.set(left, needed.get(left) + 1);
        if (needed.get(left) > 0) open++;
      }
    }
  });
  return best;
}
