function attend(queries, keys, values) {
  return queries.map((query, i) => {
    const scores = [];
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let c = 0; c < query.length; c++) dot += query[c] * keys[j][c];
      scores.push(dot / Math.sqrt(query.length));
    }
    const largest = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const output = values[i].map(() => 0);
    weights.forEach((weight, j) => {
      for (let c = 0; c < output.length; c++) output[c] += (weight / total) * values[j][c];
    });
    return output;
  });
}
