def bind_diary(first, second):
    # Stops when one notebook is at its end.
    front = last = ListNode()
    while first and second:
        if second.val[0] < first.val[0]:
            last.next, second = ListNode(second.val), second.next
        else:
            last.next, first = ListNode(first.val), first.next
        last = last.next
    return front.next
