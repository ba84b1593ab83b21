def longest_beat(minutes, gap):
    # Looks at neighbours in sorted order only; another sound in between ends the beat.
    ordered = sorted(set(minutes))
    best = []
    length = 0
    for index, minute in enumerate(ordered):
        length = length + 1 if index and minute - ordered[index - 1] == gap else 1
        if not best or length > best[1]:
            best = [minute - (length - 1) * gap, length]
    return best
