def ranking_quality(chances, rained):
    # Calls 0.5 or more "rain" and counts the days on which that was right.
    if all(rained) or not any(rained):
        return None
    right = sum((chance >= 0.5) == is_rainy for chance, is_rainy in zip(chances, rained))
    return right / len(chances)
