def fewest_pieces(ribbons):
    if not ribbons:
        return 0
    piece = min(ribbons)
    while any(ribbon % piece for ribbon in ribbons):
        piece -= 1
    return sum(ribbons) // piece
