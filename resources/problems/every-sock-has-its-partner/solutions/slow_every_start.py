def paired_stretches(line):
    bits = [1 << ord(sock) - ord("a") for sock in line]
    found = 0
    for start in range(len(bits)):
        state = 0
        for end in range(start, len(bits)):
            state ^= bits[end]
            found += state == 0
    return found
