def fewest_slips(meant, written):
    before_last, last = [], list(range(len(written) + 1))
    for i in range(1, len(meant) + 1):
        row = [i]
        letter = meant[i - 1]
        for j in range(1, len(written) + 1):
            painted = written[j - 1]
            if letter == painted:
                least = last[j - 1]
            else:
                least = last[j - 1] + 1
                if i > 1 and j > 1 and letter == written[j - 2] and meant[i - 2] == painted:
                    least = min(least, before_last[j - 2] + 1)
            if last[j] < least:
                least = last[j] + 1
            if row[j - 1] < least:
                least = row[j - 1] + 1
            row.append(least)
        before_last, last = last, row
    return last[-1]
