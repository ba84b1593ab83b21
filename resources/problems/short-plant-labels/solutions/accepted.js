function short_labels(names) {
  const root = { count: 0, next: new Map() };
  for (const name of names) {
    let node = root;
    for (const letter of name) {
      if (!node.next.has(letter)) node.next.set(letter, { count: 0, next: new Map() });
      node = node.next.get(letter);
      node.count++;
    }
  }
  return names.map((name) => {
    let node = root;
    let length = 0;
    for (const letter of name) {
      node = node.next.get(letter);
      length++;
      if (node.count === 1) break;
    }
    return name.slice(0, length);
  });
}
