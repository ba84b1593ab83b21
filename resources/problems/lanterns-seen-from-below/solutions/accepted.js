function seen_from_below(lanterns) {
  const seen = new Map();
  let row = lanterns ? [[lanterns, 0]] : [];
  while (row.length > 0) {
    const lowest = new Map();
    const following = [];
    for (const [lantern, line] of row) {
      lowest.set(line, Math.max(lantern.val, lowest.get(line) ?? 0));
      if (lantern.left) following.push([lantern.left, line - 1]);
      if (lantern.right) following.push([lantern.right, line + 1]);
    }
    for (const [line, brightness] of lowest) seen.set(line, brightness);
    row = following;
  }
  return [...seen.keys()].sort((a, b) => a - b).map((line) => seen.get(line));
}
