def total_strength(links):
    total = 0
    waiting = []
    for index in range(len(links) + 1):
        while waiting and (index == len(links) or links[waiting[-1]] >= links[index]):
            weakest = waiting.pop()
            left = waiting[-1] if waiting else -1
            total += links[weakest] * (weakest - left) * (index - weakest)
        waiting.append(index)
    return total
