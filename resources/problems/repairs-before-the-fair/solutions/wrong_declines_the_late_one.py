def most_repairs(hours, due):
    # Declines the toy that comes too late, even if an earlier one takes far longer.
    count = total = 0
    for limit, length in sorted(zip(due, hours)):
        if total + length <= limit:
            total += length
            count += 1
    return count
