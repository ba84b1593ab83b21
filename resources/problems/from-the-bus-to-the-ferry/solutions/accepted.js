function shortest_wait(buses, ferries, walk) {
  let best = null, bus = 0, ferry = 0;
  while (bus < buses.length && ferry < ferries.length) {
    const wait = ferries[ferry] - buses[bus] - walk;
    if (wait < 0) {
      ferry++;
      continue;
    }
    best = best === null ? wait : Math.min(best, wait);
    bus++;
  }
  return best;
}
