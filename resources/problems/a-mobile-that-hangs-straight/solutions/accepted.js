function least_added(mobile) {
  let added = 0;
  const straightened = (figure) => {
    if (!figure) return 0;
    const left = straightened(figure.left);
    const right = straightened(figure.right);
    added += Math.abs(left - right);
    return figure.val + 2 * Math.max(left, right);
  };
  straightened(mobile);
  return added;
}
