function served(roads, ovens, ready) {
  const heap = [];
  const isBefore = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

  function push(entry) {
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[above])) return;
      [heap[above], heap[at]] = [heap[at], heap[above]];
      at = above;
    }
  }

  function pop() {
    const first = heap[0];
    const moved = heap.pop();
    if (heap.length === 0) return first;
    heap[0] = moved;
    for (let at = 0; ; ) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < heap.length && isBefore(heap[below], heap[least])) least = below;
      }
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least], heap[at]];
      at = least;
    }
  }

  ovens.forEach((place, oven) => push([ready[oven], oven, place]));
  const buys = new Set();
  const result = ovens.map(() => 0);
  while (heap.length > 0) {
    const [minute, oven, place] = pop();
    if (buys.has(place)) continue;
    buys.add(place);
    result[oven]++;
    for (const [following, takes] of roads.get(place)) {
      if (!buys.has(following)) push([minute + takes, oven, following]);
    }
  }
  return result;
}
