def ranking_quality(chances, rained):
    # Counts equal chances as won or lost, as the sort happens to order them.
    dry = won = 0
    for _, is_rainy in sorted(zip(chances, rained)):
        if is_rainy:
            won += dry
        else:
            dry += 1
    rainy = len(chances) - dry
    return won / (rainy * dry) if rainy and dry else None
