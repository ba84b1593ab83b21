function total_strength(links) {
  const waiting = [];
  let total = 0, endingHere = 0;
  links.forEach((link, index) => {
    while (waiting.length && links[waiting[waiting.length - 1]] >= link) {
      const end = waiting.pop();
      const left = waiting.length ? waiting[waiting.length - 1] : -1;
      endingHere -= links[end] * (end - left);
    }
    const left = waiting.length ? waiting[waiting.length - 1] : -1;
    endingHere += link * (index - left);
    total += endingHere;
    waiting.push(index);
  });
  return total;
}
