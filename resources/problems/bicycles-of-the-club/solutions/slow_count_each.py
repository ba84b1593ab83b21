def bicycles_needed(taken, returned, care):
    rides = list(zip(taken, returned, strict=True))
    return max((sum(begin <= moment < end + care for begin, end in rides) for moment in taken), default=0)
