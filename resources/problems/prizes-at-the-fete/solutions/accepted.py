import sys

totals = {}
for line in sys.stdin.read().splitlines():
    name, points = line.split()
    totals[name] = totals.get(name, 0) + int(points)
place, before = 0, None
for count, (name, total) in enumerate(sorted(totals.items(), key=lambda child: (-child[1], child[0])), 1):
    if total != before:
        place, before = count, total
    print(place, name, total)
if not totals:
    print("nobody played")
