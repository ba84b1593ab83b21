ENDS = ""


def obeyed(calls, whistles):
    root = {}
    for call in calls:
        node = root
        for tone in call:
            node = node.setdefault(tone, {})
        node[ENDS] = True
    result = []
    for whistle in whistles:
        commands, node = 0, root
        for tone in whistle:
            node = node.get(tone)
            if node is None:
                break
            if ENDS in node:
                commands, node = commands + 1, root
        result.append(commands)
    return result
