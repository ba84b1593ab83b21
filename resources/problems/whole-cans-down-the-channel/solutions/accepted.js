function count_stretches(basins, can) {
  const above = new Map([[0, 1]]);
  let found = 0;
  const still = basins ? [[basins, 0]] : [];
  while (still.length > 0) {
    const [basin, before] = still.pop();
    if (basin === null) {
      above.set(before, above.get(before) - 1);
      continue;
    }
    const total = (((before + basin.val) % can) + can) % can;
    const equal = above.get(total) ?? 0;
    found += equal;
    above.set(total, equal + 1);
    still.push([null, total]);
    if (basin.left) still.push([basin.left, total]);
    if (basin.right) still.push([basin.right, total]);
  }
  return found;
}
