def least_regret(pitches, ripe, regrets):
    # Looks at the total after every melon, even between two of the same pitch.
    everything = sum(regrets)
    wrong = sum(regret for regret, is_ripe in zip(regrets, ripe) if not is_ripe)
    best = min(wrong, everything - wrong)
    for melon in sorted(range(len(pitches)), key=pitches.__getitem__):
        wrong += regrets[melon] if ripe[melon] else -regrets[melon]
        best = min(best, wrong, everything - wrong)
    return best
