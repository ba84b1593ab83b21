function bounces(heights) {
  const result = new Array(heights.length).fill(0);
  const lower = [];
  for (let index = heights.length - 1; index >= 0; index--) {
    while (lower.length && lower[lower.length - 1] >= heights[index]) lower.pop();
    result[index] = lower.length;
    lower.push(heights[index]);
  }
  return result;
}
