function fewest_crossings(weights, capacity) {
  if (weights.some((weight) => weight > capacity)) return null;
  const all = (1 << weights.length) - 1;
  const crossings = new Array(all + 1).fill(Infinity);
  const last = new Array(all + 1).fill(0);
  crossings[0] = 0;
  last[0] = capacity;
  for (let set = 0; set < all; set++) {
    for (let crate = 0; crate < weights.length; crate++) {
      if ((set >> crate) & 1) continue;
      const bigger = set | (1 << crate);
      const fits = last[set] + weights[crate] <= capacity;
      const count = crossings[set] + (fits ? 0 : 1);
      const load = fits ? last[set] + weights[crate] : weights[crate];
      if (count < crossings[bigger] || (count === crossings[bigger] && load < last[bigger])) {
        crossings[bigger] = count;
        last[bigger] = load;
      }
    }
  }
  return crossings[all];
}
