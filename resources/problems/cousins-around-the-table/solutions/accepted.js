function seat(cousins, feuds) {
  if (cousins === 0) return [];
  const friends = new Array(cousins).fill((1 << cousins) - 1);
  for (const [one, other] of feuds) {
    friends[one] &= ~(1 << other);
    friends[other] &= ~(1 << one);
  }
  const order = [0];
  const dead = new Set();
  const fill = (standing) => {
    const last = order[order.length - 1];
    if (standing === 0) return cousins === 1 || (friends[last] & 1) === 1;
    const situation = standing * 16 + last;
    if (dead.has(situation)) return false;
    for (let following = 1; following < cousins; following++) {
      const bit = 1 << following;
      if (!(standing & friends[last] & bit)) continue;
      order.push(following);
      if (fill(standing ^ bit)) return true;
      order.pop();
    }
    dead.add(situation);
    return false;
  };
  return fill((1 << cousins) - 2) ? order : null;
}
