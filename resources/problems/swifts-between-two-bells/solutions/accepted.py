from bisect import bisect_left, bisect_right


def swifts_between(times, starts, ends):
    return [
        bisect_right(times, end) - bisect_left(times, start) for start, end in zip(starts, ends, strict=True)
    ]
