def after_passes(cards, passes):
    # Lets a run end between two equal cards.
    values = []
    while cards:
        values.append(cards.val)
        cards = cards.next
    while passes > 0 and values != sorted(values):
        runs = [[values[0]]]
        for before, value in zip(values, values[1:]):
            if value > before:
                runs[-1].append(value)
            else:
                runs.append([value])
        pairs = [sorted(sum(runs[at : at + 2], [])) for at in range(0, len(runs), 2)]
        values = [value for pair in pairs for value in pair]
        passes -= 1
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head
