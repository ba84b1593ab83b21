def who_told(gossip, asked):
    # Returns the fork above whoever is found, and never notices a stranger.
    wanted = set(asked)

    def lowest(villager):
        if villager is None or villager.val in wanted:
            return villager
        left, right = lowest(villager.left), lowest(villager.right)
        return villager if left and right else left or right

    found = lowest(gossip)
    return found.val if found else None
