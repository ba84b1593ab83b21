def swifts_between(times, starts, ends):
    return [sum(start <= time <= end for time in times) for start, end in zip(starts, ends, strict=True)]
