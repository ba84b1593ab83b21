function best_scores(throws, k) {
  const best = [];
  const scores = [];
  let total = 0;
  const swap = (a, b) => ([best[a], best[b]] = [best[b], best[a]]);

  for (const shoe of throws) {
    total += shoe;
    let child = best.push(shoe) - 1;
    while (child > 0 && best[(child - 1) >> 1] > best[child]) {
      swap(child, (child - 1) >> 1);
      child = (child - 1) >> 1;
    }
    if (best.length > k) {
      total -= best[0];
      best[0] = best[best.length - 1];
      best.pop();
      for (let parent = 0; ; ) {
        let least = 2 * parent + 1;
        if (least >= best.length) break;
        if (least + 1 < best.length && best[least + 1] < best[least]) least++;
        if (best[parent] <= best[least]) break;
        swap(parent, least);
        parent = least;
      }
    }
    scores.push(total);
  }
  return scores;
}
