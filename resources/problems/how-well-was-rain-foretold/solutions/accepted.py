from itertools import groupby


def ranking_quality(chances, rained):
    before, won = 0, 0.0
    rainy = sum(rained)
    days = sorted(zip(chances, rained))
    for _, group in groupby(days, key=lambda day: day[0]):
        outcomes = [is_rainy for _, is_rainy in group]
        wet = sum(outcomes)
        dry = len(outcomes) - wet
        won += wet * (before + dry / 2)
        before += dry
    if rainy == 0 or before == 0:
        return None
    return won / (rainy * before)
