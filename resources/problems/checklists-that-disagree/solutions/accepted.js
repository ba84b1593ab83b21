function disagreements(checklists) {
  let total = 0;
  for (let bird = 0; bird < 30; bird++) {
    let seen = 0;
    for (const checklist of checklists) seen += (checklist >> bird) & 1;
    total += seen * (checklists.length - seen);
  }
  return total;
}
