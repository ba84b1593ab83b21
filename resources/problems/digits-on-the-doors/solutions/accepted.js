function digits_needed(first, last, digit) {
  const upTo = (number) => {
    let count = 0;
    for (let place = 1; place <= number; place *= 10) {
      let front = Math.floor(number / (10 * place));
      const here = Math.floor(number / place) % 10;
      const behind = number % place;
      if (digit === 0) front--;
      count += front * place;
      if (here > digit) count += place;
      else if (here === digit) count += behind + 1;
    }
    return count;
  };
  return upTo(last) - upTo(first - 1);
}
