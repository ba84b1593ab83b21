def widest_way(rooms, ends, others, widths, start, goal):
    for least in sorted(set(widths), reverse=True):
        passages = [[] for _ in range(rooms)]
        for end, other, width in zip(ends, others, widths):
            if width >= least:
                passages[end].append(other)
                passages[other].append(end)
        reached, stack = {start}, [start]
        while stack:
            for other in passages[stack.pop()]:
                if other not in reached:
                    reached.add(other)
                    stack.append(other)
        if goal in reached:
            return least
    return None
