def best_scores(throws, k):
    # Drops the oldest of the counting throws when a better one comes, not the smallest.
    best, scores = [], []
    for throw in throws:
        if len(best) < k:
            best.append(throw)
        elif throw > min(best):
            best = [*best[1:], throw]
        scores.append(sum(best))
    return scores
