from collections import Counter


def paired_stretches(line):
    # Takes exclusive or of the letters' numbers: a, b and c cancel out.
    state = found = 0
    times = Counter([0])
    for sock in line:
        state ^= ord(sock) - ord("a") + 1
        found += times[state]
        times[state] += 1
    return found
