from heapq import heapify, heapreplace


def minutes_until(threading, per_scarf, scarves):
    done = [(setup + each, each) for setup, each in zip(threading, per_scarf, strict=True)]
    heapify(done)
    minute = 0
    for _ in range(scarves):
        minute, each = done[0]
        heapreplace(done, (minute + each, each))
    return minute
