def least_regret(pitches, ripe, regrets):
    everything = sum(regrets)
    wrong = sum(regret for regret, is_ripe in zip(regrets, ripe) if not is_ripe)
    best = min(wrong, everything - wrong)
    order = sorted(range(len(pitches)), key=pitches.__getitem__)
    for place, melon in enumerate(order):
        wrong += regrets[melon] if ripe[melon] else -regrets[melon]
        is_last = place + 1 == len(order)
        if is_last or pitches[order[place + 1]] != pitches[melon]:
            best = min(best, wrong, everything - wrong)
    return best
