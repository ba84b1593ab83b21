def first_broken_agreement(lamps, first, second):
    # Gives a lamp its minutes when it is first seen and never turns a group round.
    minutes = {}
    for number, (one, other) in enumerate(zip(first, second), 1):
        if one not in minutes and other not in minutes:
            minutes[one] = 0
        if one not in minutes:
            minutes[one] = 1 - minutes[other]
        if other not in minutes:
            minutes[other] = 1 - minutes[one]
        if minutes[one] == minutes[other]:
            return number
    return None
