import sys


def main():
    words = iter(sys.stdin.read().split())
    days, requests = int(next(words)), int(next(words))
    entries = [0] + [int(next(words)) for _ in range(days)]
    tree = entries[:]
    for place in range(1, days + 1):
        above = place + (place & -place)
        if above <= days:
            tree[above] += tree[place]

    def until(place):
        total = 0
        while place:
            total += tree[place]
            place &= place - 1
        return total

    sums = []
    for _ in range(requests):
        what, first, second = next(words), int(next(words)), int(next(words))
        if what == "sum":
            sums.append(until(second) - until(first - 1))
            continue
        change, entries[first] = second - entries[first], second
        while first <= days:
            tree[first] += change
            first += first & -first
    print("\n".join(map(str, sums)))


main()
