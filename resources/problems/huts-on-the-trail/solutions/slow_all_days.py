def fewest_nights(huts, end, reach):
    stops = [0, *huts, end]
    days = [0] + [None] * (len(stops) - 1)
    for index in range(1, len(stops)):
        for before in range(index - 1, -1, -1):
            if stops[index] - stops[before] > reach:
                break
            if days[before] is not None and (days[index] is None or days[before] + 1 < days[index]):
                days[index] = days[before] + 1
    return None if days[-1] is None else days[-1] - 1
