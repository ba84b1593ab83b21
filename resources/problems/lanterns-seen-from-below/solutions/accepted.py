def seen_from_below(lanterns):
    seen = {}
    row = [(lanterns, 0)] if lanterns else []
    while row:
        lowest = {}
        following = []
        for lantern, line in row:
            lowest[line] = max(lantern.val, lowest.get(line, 0))
            if lantern.left:
                following.append((lantern.left, line - 1))
            if lantern.right:
                following.append((lantern.right, line + 1))
        seen.update(lowest)
        row = following
    return [seen[line] for line in sorted(seen)]
