def seen_from_below(lanterns):
    def walk():
        row = [(lanterns, 0, 0)] if lanterns else []
        while row:
            lantern, line, level = row.pop()
            yield lantern, line, level
            if lantern.left:
                row.append((lantern.left, line - 1, level + 1))
            if lantern.right:
                row.append((lantern.right, line + 1, level + 1))

    lines = sorted({line for _, line, _ in walk()})
    return [max((level, lantern.val) for lantern, own, level in walk() if own == line)[1] for line in lines]
