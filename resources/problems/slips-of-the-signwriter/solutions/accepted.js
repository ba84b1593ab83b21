function fewest_slips(meant, written) {
  const slips = Array.from({ length: meant.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= written.length; j++) slips[0][j] = j;
  for (let i = 1; i <= meant.length; i++) {
    for (let j = 1; j <= written.length; j++) {
      const differs = meant[i - 1] === written[j - 1] ? 0 : 1;
      let least = Math.min(slips[i - 1][j] + 1, slips[i][j - 1] + 1, slips[i - 1][j - 1] + differs);
      if (i > 1 && j > 1 && meant[i - 1] === written[j - 2] && meant[i - 2] === written[j - 1]) {
        least = Math.min(least, slips[i - 2][j - 2] + 1);
      }
      slips[i][j] = least;
    }
  }
  return slips[meant.length][written.length];
}
