function after_passes(cards, passes) {
  for (let done = 0; done < passes; done++) {
    const front = new ListNode();
    let last = front;
    let rest = cards;
    let pairs = 0;
    while (rest) {
      const first = rest;
      const second = cutRun(first);
      rest = cutRun(second);
      last = merge(last, first, second);
      pairs++;
    }
    cards = front.next;
    if (pairs <= 1) break;
  }
  return cards;
}

// Ends the first run and returns what follows it.
function cutRun(cards) {
  if (!cards) return null;
  let last = cards;
  while (last.next && last.next.val >= last.val) last = last.next;
  const rest = last.next;
  last.next = null;
  return rest;
}

function merge(last, first, second) {
  while (first && second) {
    if (second.val < first.val) {
      last.next = second;
      second = second.next;
    } else {
      last.next = first;
      first = first.next;
    }
    last = last.next;
  }
  last.next = first ?? second;
  while (last.next) last = last.next;
  return last;
}
