def most_repairs(hours, due):
    # Mends the shortest first, and so misses early due times.
    count = total = 0
    for length, limit in sorted(zip(hours, due)):
        if total + length <= limit:
            total += length
            count += 1
    return count
