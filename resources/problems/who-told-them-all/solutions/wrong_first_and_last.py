def who_told(gossip, asked):
    # Looks only at the smallest and the largest number.
    if not asked:
        return None

    def way(villager, wanted):
        if villager is None:
            return []
        if villager.val == wanted:
            return [wanted]
        below = way(villager.left, wanted) or way(villager.right, wanted)
        return [villager.val, *below] if below else []

    ways = way(gossip, min(asked)), way(gossip, max(asked))
    answer = None
    for one, other in zip(*ways):
        if one == other:
            answer = one
    return answer
