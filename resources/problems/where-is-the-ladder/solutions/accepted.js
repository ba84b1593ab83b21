function house_after(hands_to, start, weeks) {
  const firstVisit = new Map();
  const order = [];
  let house = start;
  while (!firstVisit.has(house)) {
    firstVisit.set(house, order.length);
    order.push(house);
    house = hands_to[house];
  }
  if (weeks < order.length) return order[weeks];
  const begin = firstVisit.get(house);
  return order[begin + ((weeks - begin) % (order.length - begin))];
}
