function bind_diary(first, second) {
  const front = new ListNode();
  let last = front;
  while (first && second) {
    if (second.val[0] < first.val[0]) {
      last.next = second;
      second = second.next;
    } else {
      last.next = first;
      first = first.next;
    }
    last = last.next;
  }
  last.next = first ?? second;
  return front.next;
}
