function best_income(starts, ends, pays) {
  const order = starts.map((_, request) => request).sort((a, b) => ends[a] - ends[b]);
  const best = [0];
  for (const request of order) {
    let low = 0;
    let high = best.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[order[middle]] <= starts[request]) low = middle + 1;
      else high = middle;
    }
    best.push(Math.max(best[best.length - 1], best[low] + pays[request]));
  }
  return best[best.length - 1];
}
