from bisect import bisect_left


def swifts_between(times, starts, ends):
    # The same search for both ends: birds in the last second of a watch are lost.
    return [bisect_left(times, end) - bisect_left(times, start) for start, end in zip(starts, ends, strict=True)]
