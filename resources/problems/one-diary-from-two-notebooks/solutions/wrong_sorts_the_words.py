def bind_diary(first, second):
    # Compares whole entries, so that the words of one day come in the order of the alphabet.
    entries = []
    for node in (first, second):
        while node:
            entries.append(node.val)
            node = node.next
    front = last = ListNode()
    for entry in sorted(entries):
        last.next = ListNode(entry)
        last = last.next
    return front.next
