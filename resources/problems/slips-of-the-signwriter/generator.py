def generate(random, size):
    letters = random.choice(("ab", "abc", "abcdefgh"))
    meant = [random.choice(letters) for _ in range(random.randint(0, size))]
    written = list(meant)
    for _ in range(random.randint(0, 2 + size // 10)):
        place = random.randint(0, len(written))
        slip = random.randrange(4)
        if slip == 0:
            del written[place : place + 1]
        elif slip == 1:
            written.insert(place, random.choice(letters))
        elif slip == 2:
            written[place : place + 1] = [random.choice(letters)]
        else:
            written[place : place + 2] = reversed(written[place : place + 2])
    return ["".join(meant), "".join(written)]
