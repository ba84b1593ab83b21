function beds_by_distance(garden) {
  const height = garden.length;
  const width = height ? garden[0].length : 0;
  const seen = garden.map((row) => [...row].map((square) => square !== "."));
  let layer = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (garden[y][x] === "T") layer.push([y, x]);
  }
  const counts = [];
  for (;;) {
    const reached = [];
    for (const [y, x] of layer) {
      for (const [ny, nx] of [[y - 1, x], [y + 1, x], [y, x - 1], [y, x + 1]]) {
        if (ny >= 0 && ny < height && nx >= 0 && nx < width && !seen[ny][nx]) {
          seen[ny][nx] = true;
          reached.push([ny, nx]);
        }
      }
    }
    if (reached.length === 0) return counts;
    counts.push(reached.length);
    layer = reached;
  }
}
