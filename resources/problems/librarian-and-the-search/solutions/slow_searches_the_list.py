def judge_search(shown, wanted):
    shown = list(dict.fromkeys(shown))
    wanted = list(dict.fromkeys(wanted))
    hits = sum(book in wanted for book in shown)
    precision = hits / len(shown) if shown else 0.0
    recall = hits / len(wanted) if wanted else 0.0
    return [precision, recall, 2 * hits / (len(shown) + len(wanted)) if hits else 0.0]
