from heapq import heappop, heappush


def most_repairs(hours, due):
    accepted, total = [], 0
    for limit, length in sorted(zip(due, hours)):
        heappush(accepted, -length)
        total += length
        if total > limit:
            total += heappop(accepted)
    return len(accepted)
