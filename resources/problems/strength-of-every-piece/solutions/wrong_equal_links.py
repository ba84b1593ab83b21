def total_strength(links):
    # Stops at weaker links on both sides, so that a piece with two weakest links counts twice.
    right = [len(links)] * len(links)
    left = [-1] * len(links)
    waiting = []
    for index, link in enumerate(links):
        while waiting and links[waiting[-1]] > link:
            right[waiting.pop()] = index
        waiting.append(index)
    waiting = []
    for index in range(len(links) - 1, -1, -1):
        while waiting and links[waiting[-1]] > links[index]:
            left[waiting.pop()] = index
        waiting.append(index)
    return sum(link * (index - left[index]) * (right[index] - index) for index, link in enumerate(links))
