function bicycles_needed(taken, returned, care) {
  const up = (a, b) => a - b;
  const begins = [...taken].sort(up), ends = [...returned].sort(up);
  let most = 0, free = 0;
  begins.forEach((begin, index) => {
    while (ends[free] + care <= begin) free++;
    most = Math.max(most, index + 1 - free);
  });
  return most;
}
