function ways_to_pave(length) {
  const LIMIT = 1000000007;
  let all = [0, 0, 1];
  let long = [0, 0, 0];
  for (let metre = 0; metre < length; metre++) {
    const longEnd = (all[0] - long[0] + LIMIT) % LIMIT;
    all = [all[1], all[2], (all[1] + all[2] + longEnd) % LIMIT];
    long = [long[1], long[2], longEnd];
  }
  return all[2];
}
