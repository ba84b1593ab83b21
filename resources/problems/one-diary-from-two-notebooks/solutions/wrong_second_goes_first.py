def bind_diary(first, second):
    # On equal days the second notebook speaks first.
    front = last = ListNode()
    while first and second:
        if first.val[0] < second.val[0]:
            last.next, first = first, first.next
        else:
            last.next, second = second, second.next
        last = last.next
    last.next = first or second
    return front.next
