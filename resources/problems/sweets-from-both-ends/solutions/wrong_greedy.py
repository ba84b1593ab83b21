def lead_of_the_first(sweets):
    # Both always take what is worth most at once.
    left, right, sign, lead = 0, len(sweets) - 1, 1, 0
    while left <= right:
        if left == right:
            return lead + sign * sweets[left]
        first, last = sweets[left], sweets[right]
        best = max(first, last, first + last)
        lead += sign * best
        if best == first + last:
            left, right = left + 1, right - 1
        elif best == first:
            left += 1
        else:
            right -= 1
        sign = -sign
    return lead
