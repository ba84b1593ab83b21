function swifts_between(times, starts, ends) {
  const firstAtLeast = (second) => {
    let low = 0, high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < second) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return starts.map((start, watch) => firstAtLeast(ends[watch] + 1) - firstAtLeast(start));
}
