def generate(random, size):
    end = 10 ** random.randint(1, 2 + size // 10)
    last = random.choice((end, random.randint(1, end)))
    return [random.choice((1, last, random.randint(1, last))), last, random.choice((0, random.randint(0, 9)))]
