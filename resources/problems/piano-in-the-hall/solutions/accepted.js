function best_income(starts, ends, fees, pause) {
  const order = ends.map((_, request) => request).sort((a, b) => ends[a] - ends[b]);
  const best = [0];
  for (const request of order) {
    const latest = starts[request] - pause;
    let low = 0, high = best.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[order[middle]] <= latest) low = middle + 1;
      else high = middle;
    }
    best.push(Math.max(best[best.length - 1], best[low] + fees[request]));
  }
  return best[best.length - 1];
}
