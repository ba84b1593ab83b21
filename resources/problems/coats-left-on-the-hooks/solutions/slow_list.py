def coats_left(scans):
    hanging = []
    for ticket in scans:
        if ticket in hanging:
            hanging.remove(ticket)
        else:
            hanging.append(ticket)
    return hanging
