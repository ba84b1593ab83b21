def longest_calm(waves, spread):
    # Looks at neighbours only, so that a slow rise seems calm.
    best = length = 0
    for index, wave in enumerate(waves):
        if index and abs(wave - waves[index - 1]) <= spread:
            length += 1
        else:
            length = 1
        best = max(best, length)
    return best
