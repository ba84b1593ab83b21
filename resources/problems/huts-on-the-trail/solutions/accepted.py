def fewest_nights(huts, end, reach):
    nights = slept = here = 0
    for stop in [*huts, end]:
        if stop - here > reach:
            return None
        if stop - slept > reach:
            slept = here
            nights += 1
        here = stop
    return nights
