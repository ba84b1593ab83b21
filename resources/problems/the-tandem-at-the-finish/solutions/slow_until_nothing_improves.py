def fastest_finish(villages, ends, others, ada, ben, start, goal):
    never = float("inf")
    best = [[never, never] for _ in range(villages)]
    best[start][0] = 0
    has_improved = True
    while has_improved:
        has_improved = False
        for one, other, *minutes in zip(ends, others, ada, ben):
            for here, there in ((one, other), (other, one)):
                for front in (0, 1):
                    reached = best[here][front] + minutes[front]
                    if reached < best[there][1 - front]:
                        best[there][1 - front] = reached
                        has_improved = True
    return None if best[goal][0] == never else best[goal][0]
