function lead_of_the_first(sweets) {
  const count = sweets.length;
  const lead = Array.from({ length: count + 2 }, () => new Array(count + 2).fill(0));
  // lead[i][j] is for the sweets i to j - 1.
  for (let i = count - 1; i >= 0; i--) {
    for (let j = i + 1; j <= count; j++) {
      let best = Math.max(sweets[i] - lead[i + 1][j], sweets[j - 1] - lead[i][j - 1]);
      if (j - i > 1) best = Math.max(best, sweets[i] + sweets[j - 1] - lead[i + 1][j - 1]);
      lead[i][j] = best;
    }
  }
  return lead[0][count];
}
