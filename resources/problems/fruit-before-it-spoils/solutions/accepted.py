from heapq import heappop, heappush


def most_batches(hours, spoils):
    clock = 0
    cooked = []
    for deadline, duration in sorted(zip(spoils, hours, strict=True)):
        heappush(cooked, -duration)
        clock += duration
        if clock > deadline:
            clock += heappop(cooked)
    return len(cooked)
