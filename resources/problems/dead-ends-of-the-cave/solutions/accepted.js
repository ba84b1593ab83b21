function dead_ends(cave) {
  if (!cave) return [];
  let nearest = Infinity;
  let farthest = 0;
  const open = [[cave, 0]];
  while (open.length > 0) {
    const [chamber, before] = open.pop();
    const metres = before + chamber.val;
    if (!chamber.left && !chamber.right) {
      nearest = Math.min(nearest, metres);
      farthest = Math.max(farthest, metres);
    }
    if (chamber.left) open.push([chamber.left, metres]);
    if (chamber.right) open.push([chamber.right, metres]);
  }
  return [nearest, farthest];
}
