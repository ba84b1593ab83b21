def who_told(gossip, asked):
    # Waits for as many villagers as were asked, even if one was asked twice.
    wanted = set(asked)
    answer = None

    def count(villager):
        nonlocal answer
        if villager is None:
            return 0
        found = count(villager.left) + count(villager.right) + (villager.val in wanted)
        if found == len(asked) and answer is None:
            answer = villager.val
        return found

    if asked:
        count(gossip)
    return answer
