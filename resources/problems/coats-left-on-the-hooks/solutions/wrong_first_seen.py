from collections import Counter


def coats_left(scans):
    # Orders by a number's first guest of the evening, not by the guest whose coat hangs there.
    times = Counter(scans)
    return [ticket for ticket in times if times[ticket] % 2]
