function least_impatience(minutes, impatience) {
  const order = minutes.map((_, thing) => thing);
  order.sort((a, b) => impatience[b] * minutes[a] - impatience[a] * minutes[b]);
  let clock = 0, total = 0;
  for (const thing of order) {
    clock += minutes[thing];
    total += clock * impatience[thing];
  }
  return total;
}
