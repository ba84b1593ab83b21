function thin_out(beads, every) {
  let number = 0;
  for (let node = beads; node; node = node.next) number++;
  const front = new ListNode(0, beads);
  let before = front;
  while (before.next) {
    if (number % every === 0) before.next = before.next.next;
    else before = before.next;
    number--;
  }
  return front.next;
}
