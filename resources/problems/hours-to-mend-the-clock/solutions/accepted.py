def hours_to_mend(steps, before, after):
    followers = [[] for _ in range(steps)]
    waiting = [0] * steps
    for first, then in zip(before, after):
        followers[first].append(then)
        waiting[then] += 1
    free = [step for step in range(steps) if waiting[step] == 0]
    hours = done = 0
    while free:
        hours += 1
        done += len(free)
        released = []
        for step in free:
            for then in followers[step]:
                waiting[then] -= 1
                if waiting[then] == 0:
                    released.append(then)
        free = released
    return hours if done == steps else None
