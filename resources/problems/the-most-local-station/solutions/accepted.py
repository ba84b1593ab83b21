from heapq import heappop, heappush


def local_ranges(begins, ends, places):
    stations = sorted(zip(begins, ends, strict=True))
    heard = []
    result = [-1] * len(places)
    begun = 0
    for question in sorted(range(len(places)), key=places.__getitem__):
        place = places[question]
        while begun < len(stations) and stations[begun][0] <= place:
            begin, end = stations[begun]
            heappush(heard, (end - begin, end))
            begun += 1
        while heard and heard[0][1] < place:
            heappop(heard)
        if heard:
            result[question] = heard[0][0]
    return result
