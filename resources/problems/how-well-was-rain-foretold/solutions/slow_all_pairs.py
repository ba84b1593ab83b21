def ranking_quality(chances, rained):
    wet = [chance for chance, is_rainy in zip(chances, rained) if is_rainy]
    dry = [chance for chance, is_rainy in zip(chances, rained) if not is_rainy]
    if not wet or not dry:
        return None
    won = 0
    for high in wet:
        for low in dry:
            if high > low:
                won += 1
            elif high == low:
                won += 0.5
    return won / (len(wet) * len(dry))
