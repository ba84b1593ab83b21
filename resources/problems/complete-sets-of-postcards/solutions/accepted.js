function complete_sets(cards) {
  const largestOnTheRight = (row) => {
    const sums = [0];
    for (const card of row) sums.push(sums[sums.length - 1] + card);
    const last = new Map();
    let found = 0, freeFrom = 0, one = -1, largest = 0;
    row.forEach((card, end) => {
      if (last.has(card)) freeFrom = Math.max(freeFrom, last.get(card) + 1);
      last.set(card, end);
      if (card === 1) {
        one = end;
        largest = 1;
        return;
      }
      if (one < 0) return;
      largest = Math.max(largest, card);
      const start = end - largest + 1;
      if (freeFrom <= start && start <= one && sums[end + 1] - sums[start] === (largest * (largest + 1)) / 2) found++;
    });
    return found;
  };
  const singles = cards.filter((card) => card === 1).length;
  return singles + largestOnTheRight(cards) + largestOnTheRight([...cards].reverse());
}
