def judge_search(shown, wanted):
    shown, wanted = set(shown), set(wanted)
    hits = len(shown & wanted)
    precision = hits / len(shown) if shown else 0.0
    recall = hits / len(wanted) if wanted else 0.0
    score = 2 * hits / (len(shown) + len(wanted)) if hits else 0.0
    return [precision, recall, score]
