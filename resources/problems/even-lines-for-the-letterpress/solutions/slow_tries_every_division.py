def least_raggedness(words, width):
    def settle(begin):
        best, length = None, -1
        for end in range(begin, len(words)):
            length += words[end] + 1
            if length > width:
                return best
            ragged = (width - length) ** 2 + settle(end + 1) if end + 1 < len(words) else 0
            if best is None or ragged < best:
                best = ragged
        return best

    return settle(0) if words else 0
