function obeyed(calls, whistles) {
  const fresh = () => ({ isCall: false, after: new Map() });
  const root = fresh();
  for (const call of calls) {
    let node = root;
    for (const tone of call) {
      if (!node.after.has(tone)) node.after.set(tone, fresh());
      node = node.after.get(tone);
    }
    node.isCall = true;
  }
  return whistles.map((whistle) => {
    let commands = 0;
    let node = root;
    for (const tone of whistle) {
      node = node.after.get(tone);
      if (!node) break;
      if (node.isCall) {
        commands++;
        node = root;
      }
    }
    return commands;
  });
}
