def total_strength(links):
    total = 0
    for start in range(len(links)):
        weakest = links[start]
        for end in range(start, len(links)):
            if links[end] < weakest:
                weakest = links[end]
            total += weakest
    return total
