def best_scores(throws, k):
    scores, best = [], []
    for count in range(1, len(throws) + 1):
        best = sorted(throws[:count], reverse=True)
        scores.append(sum(best[:k]))
    return scores
