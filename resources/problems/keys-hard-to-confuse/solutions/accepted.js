function greatest_difference(keys, gap) {
  const TOP = 19;
  const children = [[0], [0]];
  let best = null;
  for (let right = gap; right < keys.length; right++) {
    let node = 0;
    for (let place = TOP; place >= 0; place--) {
      const branch = children[(keys[right - gap] >> place) & 1];
      if (!branch[node]) {
        branch[node] = children[0].length;
        children[0].push(0);
        children[1].push(0);
      }
      node = branch[node];
    }
    node = 0;
    let difference = 0;
    for (let place = TOP; place >= 0; place--) {
      const bit = (keys[right] >> place) & 1;
      const other = children[1 - bit][node];
      if (other) {
        difference |= 1 << place;
        node = other;
      } else {
        node = children[bit][node];
      }
    }
    if (best === null || difference > best) best = difference;
  }
  return best;
}
