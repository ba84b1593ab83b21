def generate(random, size):
    letters, longest = random.choice(("a", "ab", "abc")), random.randint(1, 6)

    def name():
        return "".join(random.choice(letters) for _ in range(random.randint(1, longest)))

    return [[name() for _ in range(random.randint(0, size))]]
