import sys

# Goes on with the next number behind a shared place.
totals = {}
for line in sys.stdin.read().splitlines():
    name, points = line.split()
    totals[name] = totals.get(name, 0) + int(points)
place, before = 0, None
for name, total in sorted(totals.items(), key=lambda child: (-child[1], child[0])):
    if total != before:
        place, before = place + 1, total
    print(place, name, total)
if not totals:
    print("nobody played")
