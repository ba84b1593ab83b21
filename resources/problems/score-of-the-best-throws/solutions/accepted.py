from heapq import heappush, heappushpop


def best_scores(throws, k):
    best, total, scores = [], 0, []
    for throw in throws:
        total += throw
        if len(best) < k:
            heappush(best, throw)
        else:
            total -= heappushpop(best, throw)
        scores.append(total)
    return scores
