def dead_ends(cave):
    # Takes the missing side of a chamber for a dead end at no distance.
    if cave is None:
        return []

    def near(chamber):
        return chamber.val + min(near(chamber.left), near(chamber.right)) if chamber else 0

    def far(chamber):
        return chamber.val + max(far(chamber.left), far(chamber.right)) if chamber else 0

    return [near(cave), far(cave)]
