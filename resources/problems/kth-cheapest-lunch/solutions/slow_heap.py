from heapq import heapify, heappop, heapreplace


def kth_lunch(soups, mains, k):
    if k > len(soups) * len(mains):
        return None
    mains = sorted(mains)
    cheapest = [(soup + mains[0], soup, 0) for soup in soups]
    heapify(cheapest)
    for _ in range(k - 1):
        _, soup, index = cheapest[0]
        if index + 1 < len(mains):
            heapreplace(cheapest, (soup + mains[index + 1], soup, index + 1))
        else:
            heappop(cheapest)
    return cheapest[0][0]
