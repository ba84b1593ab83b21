def longest_fair(beads):
    red_over_green = green_over_blue = best = 0
    first = {(0, 0): 0}
    for cut, bead in enumerate(beads, 1):
        if bead == "r":
            red_over_green += 1
        elif bead == "g":
            red_over_green -= 1
            green_over_blue += 1
        else:
            green_over_blue -= 1
        begin = first.setdefault((red_over_green, green_over_blue), cut)
        best = max(best, cut - begin)
    return best
