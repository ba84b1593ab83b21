def most_batches(hours, spoils):
    least = [0]
    for deadline, duration in sorted(zip(spoils, hours, strict=True)):
        grown = least[-1] + duration <= deadline
        if grown:
            least.append(least[-1] + duration)
        for count in range(len(least) - 1 - grown, 0, -1):
            time = least[count - 1] + duration
            if time <= deadline and time < least[count]:
                least[count] = time
    return len(least) - 1
