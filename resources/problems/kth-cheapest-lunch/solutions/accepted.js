function kth_lunch(soups, mains, k) {
  if (k > soups.length * mains.length) return null;
  const up = (a, b) => a - b;
  const first = [...soups].sort(up), second = [...mains].sort(up);
  const atMost = (price) => {
    let lunches = 0, fitting = second.length;
    for (const soup of first) {
      while (fitting && soup + second[fitting - 1] > price) fitting--;
      if (!fitting) break;
      lunches += fitting;
    }
    return lunches;
  };
  let low = first[0] + second[0], high = first[first.length - 1] + second[second.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (atMost(middle) >= k) high = middle;
    else low = middle + 1;
  }
  return low;
}
