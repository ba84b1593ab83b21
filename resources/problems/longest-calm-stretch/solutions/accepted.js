function longest_calm(waves, spread) {
  const highest = [];
  const lowest = [];
  let highestAt = 0;
  let lowestAt = 0;
  let start = 0;
  let best = 0;
  for (let end = 0; end < waves.length; end++) {
    while (highest.length > highestAt && waves[highest[highest.length - 1]] <= waves[end]) highest.pop();
    while (lowest.length > lowestAt && waves[lowest[lowest.length - 1]] >= waves[end]) lowest.pop();
    highest.push(end);
    lowest.push(end);
    while (waves[highest[highestAt]] - waves[lowest[lowestAt]] > spread) {
      start++;
      if (highest[highestAt] < start) highestAt++;
      if (lowest[lowestAt] < start) lowestAt++;
    }
    best = Math.max(best, end - start + 1);
  }
  return best;
}
