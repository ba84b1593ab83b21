def fewest_nights(huts, end, reach):
    # Divides the length by the reach, as if huts were wherever one gets tired.
    stops = [0, *huts, end]
    if any(later - earlier > reach for earlier, later in zip(stops, stops[1:], strict=False)):
        return None
    return -(-end // reach) - 1
