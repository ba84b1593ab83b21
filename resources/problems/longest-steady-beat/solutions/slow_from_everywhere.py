def longest_beat(minutes, gap):
    heard = set(minutes)
    best = []
    for first in sorted(heard):
        length = 1
        while first + length * gap in heard:
            length += 1
        if not best or length > best[1]:
            best = [first, length]
    return best
