def finish_quilt(quilt):
    # Never looks whether the patches already sewn clash with each other.
    n = len(quilt)
    finished = [list(row) for row in quilt]
    free = [(r, c) for r in range(n) for c in range(n) if not quilt[r][c]]

    def sew(place):
        if place == len(free):
            return True
        r, c = free[place]
        for colour in range(1, n + 1):
            if colour not in finished[r] and all(row[c] != colour for row in finished):
                finished[r][c] = colour
                if sew(place + 1):
                    return True
                finished[r][c] = 0
        return False

    return finished if sew(0) else None
