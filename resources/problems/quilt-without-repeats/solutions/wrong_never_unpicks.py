def finish_quilt(quilt):
    # Sews the lowest colour that fits now and never unpicks a patch.
    n = len(quilt)
    finished = [list(row) for row in quilt]
    for r in range(n):
        for c in range(n):
            if finished[r][c]:
                continue
            used = set(finished[r]) | {row[c] for row in finished}
            allowed = [colour for colour in range(1, n + 1) if colour not in used]
            if not allowed:
                return None
            finished[r][c] = allowed[0]
    return finished
