def most_joy(weights, joys, capacity, pieces):
    def pack(thing, room, straps):
        if thing == len(weights) or straps == 0:
            return 0
        best = pack(thing + 1, room, straps)
        if weights[thing] <= room:
            best = max(best, joys[thing] + pack(thing + 1, room - weights[thing], straps - 1))
        return best

    return pack(0, capacity, pieces)
