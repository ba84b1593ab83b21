function judge_search(shown, wanted) {
  const found = new Set(shown);
  const good = new Set(wanted);
  let hits = 0;
  for (const book of found) if (good.has(book)) hits++;
  const precision = found.size ? hits / found.size : 0;
  const recall = good.size ? hits / good.size : 0;
  const score = hits ? (2 * hits) / (found.size + good.size) : 0;
  return [precision, recall, score];
}
