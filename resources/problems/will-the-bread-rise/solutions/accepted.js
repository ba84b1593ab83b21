function learn_once(rows, labels, weights, bias, rate, penalty) {
  const gradient = weights.map(() => 0);
  let total = 0;
  rows.forEach((row, day) => {
    let z = bias;
    for (let j = 0; j < row.length; j++) z += weights[j] * row[j];
    const p = z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    const error = p - labels[day];
    total += error;
    for (let j = 0; j < row.length; j++) gradient[j] += error * row[j];
  });
  const learned = weights.map((weight, j) => weight - rate * (gradient[j] / rows.length + penalty * weight));
  return [...learned, bias - (rate * total) / rows.length];
}
