def greatest_difference(keys, gap):
    # Believes that the best pair holds the largest or the smallest key.
    best = None
    for chosen in (max(keys, default=0), min(keys, default=0)):
        for hook, key in enumerate(keys):
            if key != chosen:
                continue
            for other, second in enumerate(keys):
                if abs(hook - other) >= gap and (best is None or key ^ second > best):
                    best = key ^ second
    return best
