function fastest_finish(villages, ends, others, ada, ben, start, goal) {
  const roads = Array.from({ length: villages }, () => []);
  ends.forEach((one, road) => {
    roads[one].push(road);
    if (others[road] !== one) roads[others[road]].push(road);
  });
  // A situation is 2 · village, plus 1 if Ben is in front.
  const best = new Array(2 * villages).fill(Infinity);
  const heap = [];

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

  best[2 * start] = 0;
  push([0, 2 * start]);
  while (heap.length > 0) {
    const [now, situation] = pop();
    if (situation === 2 * goal) return now;
    if (now > best[situation]) continue;
    const village = situation >> 1;
    const front = situation & 1;
    for (const road of roads[village]) {
      const following = 2 * (ends[road] === village ? others[road] : ends[road]) + 1 - front;
      const reached = now + (front ? ben : ada)[road];
      if (reached < best[following]) {
        best[following] = reached;
        push([reached, following]);
      }
    }
  }
  return null;
}
