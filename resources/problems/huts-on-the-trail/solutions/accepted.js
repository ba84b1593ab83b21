function fewest_nights(huts, end, reach) {
  let nights = 0, slept = 0, here = 0;
  for (const stop of [...huts, end]) {
    if (stop - here > reach) return null;
    if (stop - slept > reach) {
      slept = here;
      nights++;
    }
    here = stop;
  }
  return nights;
}
