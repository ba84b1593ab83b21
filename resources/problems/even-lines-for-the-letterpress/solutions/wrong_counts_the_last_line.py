def least_raggedness(words, width):
    # Counts the last line like all the others.
    best = [0]
    for end in range(1, len(words) + 1):
        found, length = [], -1
        for begin in range(end - 1, -1, -1):
            length += words[begin] + 1
            if length > width:
                break
            found.append(best[begin] + (width - length) ** 2)
        best.append(min(found))
    return best[-1]
