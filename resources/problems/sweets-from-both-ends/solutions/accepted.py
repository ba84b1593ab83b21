def lead_of_the_first(sweets):
    count = len(sweets)
    if count == 0:
        return 0
    shorter, leads = [0] * (count + 1), list(sweets)
    for length in range(2, count + 1):
        longer = []
        for left in range(count - length + 1):
            first, last = sweets[left], sweets[left + length - 1]
            lead = first - leads[left + 1]
            if last - leads[left] > lead:
                lead = last - leads[left]
            if first + last - shorter[left + 1] > lead:
                lead = first + last - shorter[left + 1]
            longer.append(lead)
        shorter, leads = leads, longer
    return leads[0]
