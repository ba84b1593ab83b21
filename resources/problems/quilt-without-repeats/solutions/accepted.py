def finish_quilt(quilt):
    n = len(quilt)
    finished = [list(row) for row in quilt]
    rows, columns, free = [0] * n, [0] * n, []
    for r in range(n):
        for c in range(n):
            bit = 1 << finished[r][c]
            if bit == 1:
                free.append((r, c))
            elif (rows[r] | columns[c]) & bit:
                return None
            else:
                rows[r] |= bit
                columns[c] |= bit

    def sew(place):
        if place == len(free):
            return True
        r, c = free[place]
        for colour in range(1, n + 1):
            bit = 1 << colour
            if (rows[r] | columns[c]) & bit:
                continue
            rows[r] |= bit
            columns[c] |= bit
            finished[r][c] = colour
            if sew(place + 1):
                return True
            rows[r] ^= bit
            columns[c] ^= bit
        return False

    return finished if sew(0) else None
