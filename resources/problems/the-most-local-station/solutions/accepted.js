function local_ranges(begins, ends, places) {
  const stations = begins.map((_, station) => station).sort((a, b) => ends[a] - begins[a] - (ends[b] - begins[b]));
  const questions = places.map((_, question) => question).sort((a, b) => places[a] - places[b]);
  const result = new Array(places.length).fill(-1);
  const next = questions.map((_, at) => at);
  next.push(questions.length);
  const open = (at) => {
    let root = at;
    while (next[root] !== root) root = next[root];
    while (next[at] !== root) [next[at], at] = [root, next[at]];
    return root;
  };
  for (const station of stations) {
    let low = 0, high = questions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[questions[middle]] < begins[station]) low = middle + 1;
      else high = middle;
    }
    for (let at = open(low); at < questions.length && places[questions[at]] <= ends[station]; at = open(at)) {
      result[questions[at]] = ends[station] - begins[station];
      next[at] = at + 1;
    }
  }
  return result;
}
