def most_batches(hours, spoils):
    # Skips what does not fit, and never gives up a long batch for a short one.
    clock = cooked = 0
    for deadline, duration in sorted(zip(spoils, hours, strict=True)):
        if clock + duration <= deadline:
            clock += duration
            cooked += 1
    return cooked
