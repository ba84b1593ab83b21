from itertools import product


def first_melody(notes, length):
    for chosen in product(notes, repeat=length):
        melody = "".join(chosen)
        if all(
            melody[begin : begin + k] != melody[begin + k : begin + 2 * k]
            for k in range(1, length // 2 + 1)
            for begin in range(length - 2 * k + 1)
        ):
            return melody
    return None
