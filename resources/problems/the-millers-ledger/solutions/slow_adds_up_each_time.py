import sys

words = iter(sys.stdin.read().split())
days, requests = int(next(words)), int(next(words))
entries = [int(next(words)) for _ in range(days)]
for _ in range(requests):
    what, first, second = next(words), int(next(words)), int(next(words))
    if what == "set":
        entries[first - 1] = second
    else:
        print(sum(entries[first - 1 : second]))
