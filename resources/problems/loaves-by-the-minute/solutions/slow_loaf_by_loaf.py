from heapq import heapify, heapreplace


def minutes_until(warm_up, per_loaf, loaves):
    done = [(warm + each, each) for warm, each in zip(warm_up, per_loaf, strict=True)]
    heapify(done)
    minute = 0
    for _ in range(loaves):
        minute, each = done[0]
        heapreplace(done, (minute + each, each))
    return minute
