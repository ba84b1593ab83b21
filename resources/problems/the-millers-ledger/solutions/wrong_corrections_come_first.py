import sys
from itertools import accumulate

# Makes all corrections before any sum.
words = iter(sys.stdin.read().split())
days, requests = int(next(words)), int(next(words))
entries = [int(next(words)) for _ in range(days)]
asked = []
for _ in range(requests):
    what, first, second = next(words), int(next(words)), int(next(words))
    if what == "set":
        entries[first - 1] = second
    else:
        asked.append((first, second))
until = [0, *accumulate(entries)]
for first, second in asked:
    print(until[second] - until[first - 1])
