def who_told(gossip, asked):
    def way(villager, wanted):
        if villager is None:
            return []
        if villager.val == wanted:
            return [wanted]
        below = way(villager.left, wanted) or way(villager.right, wanted)
        return [villager.val, *below] if below else []

    common = None
    for wanted in asked:
        found = way(gossip, wanted)
        if not found:
            return None
        if common is None:
            common = found
        while common != found[: len(common)]:
            common.pop()
    return common[-1] if common else None
