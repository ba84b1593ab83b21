function islands_after(heights, levels) {
  const rows = heights.length;
  const columns = heights[0].length;
  const flat = heights.flat();
  const parent = flat.map((_, square) => square);
  const dry = new Uint8Array(flat.length);

  function find(square) {
    while (parent[square] !== square) {
      parent[square] = parent[parent[square]];
      square = parent[square];
    }
    return square;
  }

  const squares = flat.map((_, square) => square).sort((a, b) => flat[b] - flat[a]);
  const order = levels.map((_, number) => number).sort((a, b) => levels[b] - levels[a]);
  const result = new Array(levels.length).fill(0);
  let islands = 0;
  let added = 0;
  for (const number of order) {
    for (; added < squares.length && flat[squares[added]] > levels[number]; added++) {
      const square = squares[added];
      const row = Math.floor(square / columns);
      const column = square % columns;
      dry[square] = 1;
      islands++;
      for (const [r, c] of [[row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
        if (r < 0 || r >= rows || c < 0 || c >= columns || !dry[r * columns + c]) continue;
        const here = find(square);
        const there = find(r * columns + c);
        if (here === there) continue;
        parent[here] = there;
        islands--;
      }
    }
    result[number] = islands;
  }
  return result;
}
