def longest_calm(waves, spread):
    best = 0
    for start in range(len(waves)):
        low = high = waves[start]
        for end in range(start, len(waves)):
            low, high = min(low, waves[end]), max(high, waves[end])
            if high - low > spread:
                break
            best = max(best, end - start + 1)
    return best
