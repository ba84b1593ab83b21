def islands_after(heights, levels):
    # Counts a square as dry when it is exactly as high as the sea.
    result = []
    for level in levels:
        left = {(r, c) for r, row in enumerate(heights) for c, h in enumerate(row) if h >= level}
        count = 0
        while left:
            count += 1
            stack = [left.pop()]
            while stack:
                r, c = stack.pop()
                for near in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                    if near in left:
                        left.discard(near)
                        stack.append(near)
        result.append(count)
    return result
