def seen_from_below(lanterns):
    # Of two lanterns at one spot shows the one that is visited last.
    seen = {}
    row = [(lanterns, 0)] if lanterns else []
    for lantern, line in row:
        seen[line] = lantern.val
        if lantern.left:
            row.append((lantern.left, line - 1))
        if lantern.right:
            row.append((lantern.right, line + 1))
    return [seen[line] for line in sorted(seen)]
