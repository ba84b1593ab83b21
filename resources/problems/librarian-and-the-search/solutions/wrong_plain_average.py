def judge_search(shown, wanted):
    # Takes the plain average of precision and recall for the F1 score.
    shown, wanted = set(shown), set(wanted)
    hits = len(shown & wanted)
    precision = hits / len(shown) if shown else 0.0
    recall = hits / len(wanted) if wanted else 0.0
    return [precision, recall, (precision + recall) / 2]
