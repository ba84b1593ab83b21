function least_raggedness(words, width) {
  const count = words.length;
  const best = [0];
  for (let end = 1; end <= count; end++) {
    let least = Infinity;
    let length = -1;
    for (let begin = end - 1; begin >= 0; begin--) {
      length += words[begin] + 1;
      if (length > width) break;
      const ragged = end === count ? 0 : (width - length) ** 2;
      least = Math.min(least, best[begin] + ragged);
    }
    best.push(least);
  }
  return best[count];
}
