def first_melody(notes, length):
    def echoes(melody):
        end = len(melody)
        return any(melody[end - 2 * k : end - k] == melody[end - k :] for k in range(1, end // 2 + 1))

    melody, choice = [], [0]
    while len(melody) < length:
        if choice[-1] == len(notes):
            choice.pop()
            if not choice:
                return None
            melody.pop()
            continue
        melody.append(notes[choice[-1]])
        choice[-1] += 1
        if echoes(melody):
            melody.pop()
        else:
            choice.append(0)
    return "".join(melody)
