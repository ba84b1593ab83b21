def first_melody(notes, length):
    # Takes the preferred note that fits now and gives up when none does.
    melody = ""
    while len(melody) < length:
        for note in notes:
            longer = melody + note
            end = len(longer)
            if all(longer[end - 2 * k : end - k] != longer[end - k :] for k in range(1, end // 2 + 1)):
                melody = longer
                break
        else:
            return None
    return melody
