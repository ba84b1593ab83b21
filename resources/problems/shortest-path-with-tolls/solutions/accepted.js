function shortest_path(graph, source, target) {
  const best = new Map([[source, 0]]);
  const heap = [[0, source]];

  function push(entry) {
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above][0] <= heap[at][0]) return;
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
        if (below < heap.length && heap[below][0] < heap[least][0]) least = below;
      }
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least], heap[at]];
      at = least;
    }
  }

  while (heap.length > 0) {
    const [toll, town] = pop();
    if (town === target) return toll;
    if (toll > best.get(town)) continue;
    for (const [other, price] of graph.get(town) ?? []) {
      const reached = toll + price;
      if (!best.has(other) || reached < best.get(other)) {
        best.set(other, reached);
        push([reached, other]);
      }
    }
  }
  return null;
}
