from itertools import product


def finish_quilt(quilt):
    n = len(quilt)
    free = [(r, c) for r in range(n) for c in range(n) if not quilt[r][c]]
    for colours in product(range(1, n + 1), repeat=len(free)):
        finished = [list(row) for row in quilt]
        for (r, c), colour in zip(free, colours):
            finished[r][c] = colour
        if all(len(set(row)) == n for row in finished) and all(len(set(line)) == n for line in zip(*finished)):
            return finished
    return None
