def longest_beat(minutes, gap):
    heard = set(minutes)
    best_first, best_length = 0, 0
    for first in heard:
        if first - gap in heard:
            continue
        after = first + gap
        while after in heard:
            after += gap
        length = (after - first) // gap
        if length > best_length or (length == best_length and first < best_first):
            best_first, best_length = first, length
    return [best_first, best_length] if heard else []
