function paired_stretches(line) {
  let state = 0, found = 0;
  const times = new Map([[0, 1]]);
  for (let place = 0; place < line.length; place++) {
    state ^= 1 << (line.charCodeAt(place) - 97);
    const before = times.get(state) || 0;
    found += before;
    times.set(state, before + 1);
  }
  return found;
}
