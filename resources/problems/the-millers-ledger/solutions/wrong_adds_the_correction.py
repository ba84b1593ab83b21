import sys

# Adds a correction to the entry instead of replacing it.
words = iter(sys.stdin.read().split())
days, requests = int(next(words)), int(next(words))
tree = [0] * (days + 1)


def add(place, amount):
    while place <= days:
        tree[place] += amount
        place += place & -place


def until(place):
    total = 0
    while place:
        total += tree[place]
        place &= place - 1
    return total


for day in range(1, days + 1):
    add(day, int(next(words)))
for _ in range(requests):
    what, first, second = next(words), int(next(words)), int(next(words))
    if what == "set":
        add(first, second)
    else:
        print(until(second) - until(first - 1))
