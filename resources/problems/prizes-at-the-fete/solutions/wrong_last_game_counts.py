import sys

# Keeps only the last game of each child.
totals = dict(line.split() for line in sys.stdin.read().splitlines())
place, before = 0, None
for count, (name, total) in enumerate(sorted(totals.items(), key=lambda child: (-int(child[1]), child[0])), 1):
    if total != before:
        place, before = count, total
    print(place, name, total)
if not totals:
    print("nobody played")
