def least_regret(pitches, ripe, regrets):
    best = sum(regrets)
    for limit in [*set(pitches), max(pitches, default=0) + 1]:
        wrong = 0
        for pitch, is_ripe, regret in zip(pitches, ripe, regrets):
            if (pitch >= limit) != is_ripe:
                wrong += regret
        best = min(best, wrong, sum(regrets) - wrong)
    return best
