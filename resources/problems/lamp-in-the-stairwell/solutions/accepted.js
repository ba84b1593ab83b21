function seconds_lit(pressed, lasting) {
  const order = pressed.map((_, press) => press).sort((a, b) => pressed[a] - pressed[b]);
  let lit = 0, onUntil = 0;
  for (const press of order) {
    const end = pressed[press] + lasting[press];
    lit += Math.max(0, end - Math.max(pressed[press], onUntil));
    onUntil = Math.max(onUntil, end);
  }
  return lit;
}
