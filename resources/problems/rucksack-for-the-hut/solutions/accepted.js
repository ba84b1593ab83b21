function most_joy(weights, joys, capacity, pieces) {
  const best = Array.from({ length: pieces + 1 }, () => new Array(capacity + 1).fill(0));
  weights.forEach((weight, thing) => {
    for (let straps = pieces; straps > 0; straps--) {
      for (let used = capacity; used >= weight; used--) {
        const taken = best[straps - 1][used - weight] + joys[thing];
        if (taken > best[straps][used]) best[straps][used] = taken;
      }
    }
  });
  return best[pieces][capacity];
}
