import sys


def ways_to_pave(length, last=0):
    sys.setrecursionlimit(10_000)
    if length == 0:
        return 1
    total = 0
    for slab in (1, 2, 3):
        if slab <= length and not slab == last == 3:
            total += ways_to_pave(length - slab, slab)
    return total % 1_000_000_007
