from collections import Counter


def paired_stretches(line):
    state = found = 0
    times = Counter([0])
    for sock in line:
        state ^= 1 << ord(sock) - ord("a")
        found += times[state]
        times[state] += 1
    return found
