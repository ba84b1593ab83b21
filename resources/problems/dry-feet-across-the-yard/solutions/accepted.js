function dry_ways(yard) {
  const width = yard[0].length;
  let above = new Array(width + 1).fill(0);
  above[0] = 1;
  for (const row of yard) {
    const here = [0];
    for (let x = 0; x < width; x++) {
      const ways = here[x] + above[x] + above[x + 1];
      here.push(row[x] === "." ? ways % 1000000007 : 0);
    }
    above = here;
  }
  return above[width];
}
