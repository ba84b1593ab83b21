from heapq import heappushpop


def best_scores(throws, k):
    # Begins with k throws of zero, so that bad throws never count.
    best, total, scores = [0] * k, 0, []
    for throw in throws:
        total += throw - heappushpop(best, throw)
        scores.append(total)
    return scores
