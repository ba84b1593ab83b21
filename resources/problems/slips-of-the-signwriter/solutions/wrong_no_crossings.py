def fewest_slips(meant, written):
    # The plain edit distance, in which a crossing counts as two slips.
    last = list(range(len(written) + 1))
    for i, letter in enumerate(meant, 1):
        row = [i]
        for j, painted in enumerate(written, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != painted)))
        last = row
    return last[-1]
