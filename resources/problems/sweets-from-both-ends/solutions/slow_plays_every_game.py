def lead_of_the_first(sweets):
    def play(left, right):
        if left > right:
            return 0
        if left == right:
            return sweets[left]
        return max(
            sweets[left] - play(left + 1, right),
            sweets[right] - play(left, right - 1),
            sweets[left] + sweets[right] - play(left + 1, right - 1),
        )

    return play(0, len(sweets) - 1)
