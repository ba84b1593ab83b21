function regrow(notes) {
  let root = null;
  let bound = -Infinity;
  const way = [];
  for (const number of notes) {
    if (number <= bound) return null;
    const fork = new TreeNode(number);
    let leftBehind = null;
    while (way.length > 0 && way[way.length - 1].val < number) leftBehind = way.pop();
    if (way.length > 0 && way[way.length - 1].val === number) return null;
    if (leftBehind) {
      leftBehind.right = fork;
      bound = leftBehind.val;
    } else if (way.length > 0) {
      way[way.length - 1].left = fork;
    } else {
      root = fork;
    }
    way.push(fork);
  }
  return root;
}
