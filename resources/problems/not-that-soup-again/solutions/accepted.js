function bearable_stays(soups, often) {
  const served = new Map();
  let first = 0;
  let found = 0;
  soups.forEach((soup, last) => {
    served.set(soup, (served.get(soup) ?? 0) + 1);
    while (served.get(soup) > often) {
      served.set(soups[first], served.get(soups[first]) - 1);
      first++;
    }
    found += last - first + 1;
  });
  return found;
}
