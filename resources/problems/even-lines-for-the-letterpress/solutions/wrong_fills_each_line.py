def least_raggedness(words, width):
    # Puts as many words on each line as fit.
    total, length = 0, -1
    for word in words:
        if length + 1 + word > width:
            total += (width - length) ** 2
            length = -1
        length += 1 + word
    return total
