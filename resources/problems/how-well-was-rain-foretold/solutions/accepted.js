function ranking_quality(chances, rained) {
  const order = chances.map((_, day) => day).sort((a, b) => chances[a] - chances[b]);
  let before = 0;
  let rainy = 0;
  let won = 0;
  for (let place = 0; place < order.length; ) {
    let wet = 0;
    let dry = 0;
    const chance = chances[order[place]];
    for (; place < order.length && chances[order[place]] === chance; place++) {
      if (rained[order[place]]) wet++;
      else dry++;
    }
    won += wet * (before + dry / 2);
    before += dry;
    rainy += wet;
  }
  return rainy && before ? won / (rainy * before) : null;
}
