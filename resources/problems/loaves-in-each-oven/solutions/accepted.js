function loaves_per_oven(ovens, arrives, bakes) {
  const isLess = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

  function push(heap, entry) {
    let child = heap.push(entry) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!isLess(heap[child], heap[parent])) break;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      child = parent;
    }
  }

  function pop(heap) {
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return top;
    heap[0] = last;
    for (let parent = 0; ; ) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isLess(heap[child + 1], heap[child])) child++;
      if (!isLess(heap[child], heap[parent])) break;
      [heap[parent], heap[child]] = [heap[child], heap[parent]];
      parent = child;
    }
    return top;
  }

  const free = Array.from({ length: ovens }, (_, oven) => [0, oven]);
  const busy = [];
  const counts = new Array(ovens).fill(0);
  for (let loaf = 0; loaf < arrives.length; loaf++) {
    while (busy.length && busy[0][0] <= arrives[loaf]) push(free, [0, pop(busy)[1]]);
    let begin = arrives[loaf];
    let oven;
    if (free.length) [, oven] = pop(free);
    else [begin, oven] = pop(busy);
    counts[oven]++;
    push(busy, [begin + bakes[loaf], oven]);
  }
  return counts;
}
