function most_repairs(hours, due) {
  const heap = [];
  const swap = (a, b) => ([heap[a], heap[b]] = [heap[b], heap[a]]);
  let total = 0;
  const order = hours.map((_, toy) => toy).sort((a, b) => due[a] - due[b]);
  for (const toy of order) {
    total += hours[toy];
    let child = heap.push(hours[toy]) - 1;
    while (child > 0 && heap[(child - 1) >> 1] < heap[child]) {
      swap(child, (child - 1) >> 1);
      child = (child - 1) >> 1;
    }
    if (total <= due[toy]) continue;
    total -= heap[0];
    const last = heap.pop();
    if (heap.length === 0) continue;
    heap[0] = last;
    for (let parent = 0; ; ) {
      let largest = 2 * parent + 1;
      if (largest >= heap.length) break;
      if (largest + 1 < heap.length && heap[largest + 1] > heap[largest]) largest++;
      if (heap[parent] >= heap[largest]) break;
      swap(parent, largest);
      parent = largest;
    }
  }
  return heap.length;
}
