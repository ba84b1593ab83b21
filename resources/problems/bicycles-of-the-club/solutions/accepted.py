def bicycles_needed(taken, returned, care):
    begins, ends = sorted(taken), sorted(returned)
    most = free = 0
    for away, begin in enumerate(begins, 1):
        while ends[free] + care <= begin:
            free += 1
        most = max(most, away - free)
    return most
