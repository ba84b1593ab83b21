import sys


def fewest_slips(meant, written):
    sys.setrecursionlimit(10_000)
    if not meant or not written:
        return len(meant) + len(written)
    least = min(
        fewest_slips(meant[:-1], written) + 1,
        fewest_slips(meant, written[:-1]) + 1,
        fewest_slips(meant[:-1], written[:-1]) + (meant[-1] != written[-1]),
    )
    if meant[-2:] == written[-2:][::-1] and len(meant) > 1 and len(written) > 1:
        least = min(least, fewest_slips(meant[:-2], written[:-2]) + 1)
    return least
