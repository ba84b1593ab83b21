def who_told(gossip, asked):
    wanted = set(asked)
    answer = None

    def count(villager):
        nonlocal answer
        if villager is None:
            return 0
        found = count(villager.left) + count(villager.right) + (villager.val in wanted)
        if found == len(wanted) and answer is None:
            answer = villager.val
        return found

    if wanted:
        count(gossip)
    return answer
