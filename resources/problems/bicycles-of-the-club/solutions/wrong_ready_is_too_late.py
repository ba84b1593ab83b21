def bicycles_needed(taken, returned, care):
    # Puts beginnings before ends in the same minute: a bicycle that is ready just in time counts as away.
    begins, ends = sorted(taken), sorted(returned)
    most = free = 0
    for away, begin in enumerate(begins, 1):
        while ends[free] + care < begin:
            free += 1
        most = max(most, away - free)
    return most
