def least_raggedness(words, width):
    count = len(words)
    best = [0]
    for end in range(1, count + 1):
        least, length = None, -1
        for begin in range(end - 1, -1, -1):
            length += words[begin] + 1
            if length > width:
                break
            ragged = best[begin] + (0 if end == count else (width - length) ** 2)
            if least is None or ragged < least:
                least = ragged
        best.append(least)
    return best[count]
