def after_passes(cards, passes):
    values = []
    while cards:
        values.append(cards.val)
        cards = cards.next
    for _ in range(passes):
        runs = []
        for value in values:
            if runs and runs[-1][-1] <= value:
                runs[-1].append(value)
            else:
                runs.append([value])
        values = []
        for at in range(0, len(runs), 2):
            values += sorted([value for run in runs[at : at + 2] for value in run])
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head
