from collections import deque


def longest_calm(waves, spread):
    highest, lowest = deque(), deque()
    start = best = 0
    for end, wave in enumerate(waves):
        while highest and waves[highest[-1]] <= wave:
            highest.pop()
        while lowest and waves[lowest[-1]] >= wave:
            lowest.pop()
        highest.append(end)
        lowest.append(end)
        while waves[highest[0]] - waves[lowest[0]] > spread:
            start += 1
            if highest[0] < start:
                highest.popleft()
            if lowest[0] < start:
                lowest.popleft()
        best = max(best, end - start + 1)
    return best
