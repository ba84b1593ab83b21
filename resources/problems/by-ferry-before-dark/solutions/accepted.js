function earliest_arrival(ferries, start, goal, minute) {
  const leaving = new Map();
  for (const [origin, ...rest] of ferries) {
    if (!leaving.has(origin)) leaving.set(origin, []);
    leaving.get(origin).push(rest);
  }
  const arrival = new Map([[start, minute]]);
  const heap = [[minute, start]];

  function push(entry) {
    let child = heap.push(entry) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heap[parent][0] <= heap[child][0]) break;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      child = parent;
    }
  }

  function pop() {
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return top;
    heap[0] = last;
    for (let parent = 0; ; ) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1][0] < heap[child][0]) child++;
      if (heap[parent][0] <= heap[child][0]) break;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      parent = child;
    }
    return top;
  }

  while (heap.length) {
    const [now, island] = pop();
    if (island === goal) return now;
    if (now > arrival.get(island)) continue;
    for (const [destination, first, every, takes] of leaving.get(island) ?? []) {
      const departure = now <= first ? first : first + Math.ceil((now - first) / every) * every;
      const reached = departure + takes;
      if (!arrival.has(destination) || reached < arrival.get(destination)) {
        arrival.set(destination, reached);
        push([reached, destination]);
      }
    }
  }
  return null;
}
