def seconds_lit(pressed, lasting):
    lit = set()
    for second, length in zip(pressed, lasting, strict=True):
        for moment in range(second, second + length):
            lit.add(moment)
    return len(lit)
