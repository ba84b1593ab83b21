function most_earned(earnings, rest) {
  const best = [0];
  earnings.forEach((pay, evening) => {
    const before = evening >= rest ? best[evening - rest] : 0;
    best.push(Math.max(best[evening], before + pay));
  });
  return best[earnings.length];
}
