def coats_left(scans):
    hanging = {}
    for ticket in scans:
        if ticket in hanging:
            del hanging[ticket]
        else:
            hanging[ticket] = True
    return list(hanging)
