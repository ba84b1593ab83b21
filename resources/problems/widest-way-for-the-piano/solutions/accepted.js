function widest_way(rooms, ends, others, widths, start, goal) {
  const group = Array.from({ length: rooms }, (_, room) => room);
  const find = (room) => {
    while (group[room] !== room) {
      group[room] = group[group[room]];
      room = group[room];
    }
    return room;
  };
  const order = widths.map((_, passage) => passage).sort((a, b) => widths[b] - widths[a]);
  for (const passage of order) {
    group[find(ends[passage])] = find(others[passage]);
    if (find(start) === find(goal)) return widths[passage];
  }
  return null;
}
