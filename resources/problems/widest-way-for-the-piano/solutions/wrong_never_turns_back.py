def widest_way(rooms, ends, others, widths, start, goal):
    # Follows the widest passage out of each room and gives up in a dead end.
    room, seen, narrowest = start, {start}, 1_000_000
    while room != goal:
        leaving = []
        for end, other, width in zip(ends, others, widths):
            if end == room and other not in seen:
                leaving.append((width, other))
            elif other == room and end not in seen:
                leaving.append((width, end))
        if not leaving:
            return None
        width, room = max(leaving)
        seen.add(room)
        narrowest = min(narrowest, width)
    return narrowest
