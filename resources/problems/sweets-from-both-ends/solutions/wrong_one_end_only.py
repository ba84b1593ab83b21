def lead_of_the_first(sweets):
    # Forgets that both ends may be taken at once.
    leads = [0] * (len(sweets) + 1)
    for length in range(1, len(sweets) + 1):
        leads = [
            max(sweets[left] - leads[left + 1], sweets[left + length - 1] - leads[left])
            for left in range(len(sweets) - length + 1)
        ]
    return leads[0]
