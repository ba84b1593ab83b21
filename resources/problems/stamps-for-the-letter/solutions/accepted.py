def fewest_stamps(values, postage):
    best = [0] + [None] * postage
    for amount in range(1, postage + 1):
        for value in values:
            if value <= amount and best[amount - value] is not None:
                count = best[amount - value] + 1
                if best[amount] is None or count < best[amount]:
                    best[amount] = count
    return best[postage]
