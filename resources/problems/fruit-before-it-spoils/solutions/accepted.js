function most_batches(hours, spoils) {
  const order = hours.map((_, batch) => batch).sort((a, b) => spoils[a] - spoils[b]);
  const heap = [];
  const push = (value) => {
    let at = heap.push(value) - 1;
    while (at > 0 && heap[(at - 1) >> 1] < value) {
      heap[at] = heap[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    heap[at] = value;
  };
  const popLongest = () => {
    const longest = heap[0], value = heap.pop();
    if (heap.length) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && heap[child + 1] > heap[child]) child++;
        if (heap[child] <= value) break;
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = value;
    }
    return longest;
  };
  let clock = 0;
  for (const batch of order) {
    push(hours[batch]);
    clock += hours[batch];
    if (clock > spoils[batch]) clock -= popLongest();
  }
  return heap.length;
}
