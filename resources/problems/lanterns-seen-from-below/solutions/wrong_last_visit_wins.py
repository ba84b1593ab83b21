def seen_from_below(lanterns):
    # Goes down on the left first and lets every later lantern hide the earlier ones.
    seen = {}
    still = [(lanterns, 0)] if lanterns else []
    while still:
        lantern, line = still.pop()
        seen[line] = lantern.val
        for side, one in ((1, lantern.right), (-1, lantern.left)):
            if one:
                still.append((one, line + side))
    return [seen[line] for line in sorted(seen)]
