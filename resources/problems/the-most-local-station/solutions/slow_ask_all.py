def local_ranges(begins, ends, places):
    stations = list(zip(begins, ends, strict=True))
    return [
        min((end - begin for begin, end in stations if begin <= place <= end), default=-1) for place in places
    ]
