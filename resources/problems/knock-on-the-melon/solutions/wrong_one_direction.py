def least_regret(pitches, ripe, regrets):
    # Never considers that the low ones may be the ripe ones.
    wrong = sum(regret for regret, is_ripe in zip(regrets, ripe) if not is_ripe)
    best = wrong
    order = sorted(range(len(pitches)), key=pitches.__getitem__)
    for place, melon in enumerate(order):
        wrong += regrets[melon] if ripe[melon] else -regrets[melon]
        if place + 1 == len(order) or pitches[order[place + 1]] != pitches[melon]:
            best = min(best, wrong)
    return best
