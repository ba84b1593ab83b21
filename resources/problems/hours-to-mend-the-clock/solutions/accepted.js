function hours_to_mend(steps, before, after) {
  const followers = Array.from({ length: steps }, () => []);
  const waiting = new Array(steps).fill(0);
  before.forEach((first, rule) => {
    followers[first].push(after[rule]);
    waiting[after[rule]]++;
  });
  let free = [];
  for (let step = 0; step < steps; step++) if (waiting[step] === 0) free.push(step);
  let hours = 0;
  let done = 0;
  while (free.length) {
    hours++;
    done += free.length;
    const released = [];
    for (const step of free) {
      for (const then of followers[step]) if (--waiting[then] === 0) released.push(then);
    }
    free = released;
  }
  return done === steps ? hours : null;
}
