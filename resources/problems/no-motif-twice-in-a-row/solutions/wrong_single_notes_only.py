def first_melody(notes, length):
    # Avoids equal neighbours and forgets the longer motifs.
    if length > 1 and len(notes) < 2 or length and not notes:
        return None
    return "".join(notes[place % 2] for place in range(length))
