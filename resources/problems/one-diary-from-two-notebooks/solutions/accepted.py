def bind_diary(first, second):
    front = last = ListNode()
    while first and second:
        if second.val[0] < first.val[0]:
            last.next, second = second, second.next
        else:
            last.next, first = first, first.next
        last = last.next
    last.next = first or second
    return front.next
