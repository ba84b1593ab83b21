function pairs_between(weights, low, high) {
  const ordered = [...weights].sort((a, b) => a - b);
  const upTo = (limit) => {
    let light = 0, heavy = ordered.length - 1, pairs = 0;
    while (light < heavy) {
      if (ordered[light] + ordered[heavy] <= limit) {
        pairs += heavy - light;
        light++;
      } else {
        heavy--;
      }
    }
    return pairs;
  };
  return upTo(high) - upTo(low - 1);
}
