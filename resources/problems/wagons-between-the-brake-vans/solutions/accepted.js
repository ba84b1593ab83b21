function turn_stretches(train, siding) {
  const front = new ListNode(0, train);
  let before = front;
  while (before) {
    let length = 0;
    let van = before.next;
    while (van && van.val !== 0) {
      length++;
      van = van.next;
    }
    if (length <= siding) {
      let turned = van;
      let wagon = before.next;
      while (wagon !== van) {
        const following = wagon.next;
        wagon.next = turned;
        turned = wagon;
        wagon = following;
      }
      before.next = turned;
    }
    before = van;
  }
  return front.next;
}
