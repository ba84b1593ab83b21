def judge_search(shown, wanted):
    # Counts a book as often as it is listed.
    good = set(wanted)
    hits = sum(book in good for book in shown)
    precision = hits / len(shown) if shown else 0.0
    recall = hits / len(wanted) if wanted else 0.0
    return [precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0]
