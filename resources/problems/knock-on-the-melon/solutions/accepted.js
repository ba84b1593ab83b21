function least_regret(pitches, ripe, regrets) {
  const everything = regrets.reduce((sum, regret) => sum + regret, 0);
  let wrong = regrets.reduce((sum, regret, melon) => sum + (ripe[melon] ? 0 : regret), 0);
  let best = Math.min(wrong, everything - wrong);
  const order = pitches.map((_, melon) => melon).sort((a, b) => pitches[a] - pitches[b]);
  order.forEach((melon, place) => {
    wrong += ripe[melon] ? regrets[melon] : -regrets[melon];
    if (pitches[order[place + 1]] !== pitches[melon]) best = Math.min(best, wrong, everything - wrong);
  });
  return best;
}
