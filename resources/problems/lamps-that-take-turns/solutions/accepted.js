function first_broken_agreement(lamps, first, second) {
  const parent = Array.from({ length: lamps }, (_, lamp) => lamp);
  const parity = new Array(lamps).fill(0);
  const size = new Array(lamps).fill(1);

  function find(lamp) {
    const way = [];
    while (parent[lamp] !== lamp) {
      way.push(lamp);
      lamp = parent[lamp];
    }
    let against = 0;
    for (const passed of way.reverse()) {
      against ^= parity[passed];
      parent[passed] = lamp;
      parity[passed] = against;
    }
    return lamp;
  }

  for (let i = 0; i < first.length; i++) {
    let top = find(first[i]);
    let bottom = find(second[i]);
    const differs = parity[first[i]] ^ parity[second[i]];
    if (top === bottom) {
      if (!differs) return i + 1;
      continue;
    }
    if (size[top] < size[bottom]) [top, bottom] = [bottom, top];
    parent[bottom] = top;
    parity[bottom] = differs ^ 1;
    size[top] += size[bottom];
  }
  return null;
}
