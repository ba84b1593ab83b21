def after_passes(cards, passes):
    # Merges a last run without a partner into the pair before it.
    runs = []
    while cards:
        if not runs or cards.val < runs[-1][-1]:
            runs.append([])
        runs[-1].append(cards.val)
        cards = cards.next
    while passes > 0 and len(runs) > 1:
        odd = runs.pop() if len(runs) % 2 else []
        runs = [runs[at] + runs[at + 1] for at in range(0, len(runs), 2)]
        runs[-1] += odd
        runs = [sorted(run) for run in runs]
        passes -= 1
    head = None
    for run in reversed(runs):
        for value in reversed(run):
            head = ListNode(value, head)
    return head
