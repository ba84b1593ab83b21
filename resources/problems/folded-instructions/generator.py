def generate(random, size):
    counts = ["", "0", "1", "2", "3", "12"]
    if size > 50:
        counts.append("1000000000000")

    def folded(length, depth):
        text = ""
        while len(text) < length:
            if depth and random.random() < 0.4:
                text += f"{random.choice(counts)}({folded(random.randint(0, length // 2), depth - 1)})"
            else:
                text += random.choice("abc")
        return text

    return folded(random.randint(0, size), 3) + "\n"
