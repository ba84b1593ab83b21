function longest_fair(beads) {
  let redOverGreen = 0, greenOverBlue = 0, best = 0;
  const first = new Map([["0,0", 0]]);
  for (let cut = 1; cut <= beads.length; cut++) {
    const bead = beads[cut - 1];
    if (bead === "r") redOverGreen++;
    else if (bead === "g") { redOverGreen--; greenOverBlue++; }
    else greenOverBlue--;
    const key = `${redOverGreen},${greenOverBlue}`;
    if (first.has(key)) best = Math.max(best, cut - first.get(key));
    else first.set(key, cut);
  }
  return best;
}
