def most_joy(weights, joys, capacity, pieces):
    # Packs by joy per weight for as long as something fits.
    total = 0
    order = sorted(range(len(weights)), key=lambda thing: -joys[thing] / max(weights[thing], 1e-9))
    for thing in order:
        if pieces and weights[thing] <= capacity:
            capacity -= weights[thing]
            pieces -= 1
            total += joys[thing]
    return total
