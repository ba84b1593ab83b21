function fit_line(days, weights) {
  if (days.every((day) => day === days[0])) return null;
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanDay = mean(days);
  const meanWeight = mean(weights);
  let products = 0;
  let squares = 0;
  days.forEach((day, i) => {
    products += (day - meanDay) * (weights[i] - meanWeight);
    squares += (day - meanDay) ** 2;
  });
  const slope = products / squares;
  return [slope, meanWeight - slope * meanDay];
}
