def generate(random, size):
    """A ledger whose first and last days, and stretches of one day, are asked for often."""
    days = random.randint(1, size)
    most = random.choice([1, 9, 1_000_000_000])

    def day():
        return random.choice([1, days, random.randint(1, days), random.randint(1, days)])

    def request():
        if random.random() < 0.4:
            return f"set {day()} {random.randint(-most, most)}"
        first, last = sorted((day(), day()))
        return f"sum {first} {last}"

    requests = [request() for _ in range(random.randint(0, size))] + [f"sum 1 {days}"]
    entries = " ".join(str(random.randint(-most, most)) for _ in range(days))
    return "\n".join([f"{days} {len(requests)}", entries, *requests, ""])
