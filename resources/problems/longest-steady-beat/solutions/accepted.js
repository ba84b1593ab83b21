function longest_beat(minutes, gap) {
  const heard = new Set(minutes);
  let bestFirst = 0, bestLength = 0;
  for (const first of heard) {
    if (heard.has(first - gap)) continue;
    let after = first + gap;
    while (heard.has(after)) after += gap;
    const length = (after - first) / gap;
    if (length > bestLength || (length === bestLength && first < bestFirst)) {
      bestFirst = first;
      bestLength = length;
    }
  }
  return heard.size ? [bestFirst, bestLength] : [];
}
