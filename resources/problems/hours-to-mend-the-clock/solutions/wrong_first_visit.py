def hours_to_mend(steps, before, after):
    # Does a step as soon as one of the steps before it is done, not all of them.
    followers = [[] for _ in range(steps)]
    free = set(range(steps)) - set(after)
    for first, then in zip(before, after):
        followers[first].append(then)
    seen, hours = set(free), 0
    while free:
        hours += 1
        free = {then for step in free for then in followers[step]} - seen
        seen |= free
    return hours if len(seen) == steps else None
