function fewest_stamps(values, postage) {
  const best = [0];
  for (let amount = 1; amount <= postage; amount++) {
    let least = Infinity;
    for (const value of values) {
      if (value <= amount) least = Math.min(least, best[amount - value] + 1);
    }
    best.push(least);
  }
  return best[postage] === Infinity ? null : best[postage];
}
