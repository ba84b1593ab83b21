function finish_quilt(quilt) {
  const n = quilt.length;
  const finished = quilt.map((row) => [...row]);
  const rows = new Array(n).fill(0);
  const columns = new Array(n).fill(0);
  const free = [];
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      const bit = 1 << finished[r][c];
      if (bit === 1) {
        free.push([r, c]);
        continue;
      }
      if ((rows[r] | columns[c]) & bit) return null;
      rows[r] |= bit;
      columns[c] |= bit;
    }
  }

  function sew(place) {
    if (place === free.length) return true;
    const [r, c] = free[place];
    for (let colour = 1; colour <= n; colour++) {
      const bit = 1 << colour;
      if ((rows[r] | columns[c]) & bit) continue;
      rows[r] |= bit;
      columns[c] |= bit;
      finished[r][c] = colour;
      if (sew(place + 1)) return true;
      rows[r] ^= bit;
      columns[c] ^= bit;
    }
    return false;
  }

  return sew(0) ? finished : null;
}
