function best_opening(cars, length) {
  let waiting = 0;
  for (let slot = 0; slot < length; slot++) waiting += cars[slot];
  let best = 0, fewest = waiting;
  for (let start = 1; start < cars.length; start++) {
    waiting += cars[(start + length - 1) % cars.length] - cars[start - 1];
    if (waiting < fewest) {
      best = start;
      fewest = waiting;
    }
  }
  return best;
}
