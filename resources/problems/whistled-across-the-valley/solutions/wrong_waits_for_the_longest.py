def obeyed(calls, whistles):
    # Lets the dog wait as long as a longer call is still possible.
    known = set(calls)
    beginnings = {call[:end] for call in calls for end in range(1, len(call) + 1)}
    result = []
    for whistle in whistles:
        commands, at = 0, 0
        while at < len(whistle):
            end = at
            best = 0
            while end < len(whistle) and whistle[at : end + 1] in beginnings:
                end += 1
                if whistle[at:end] in known:
                    best = end
            if not best:
                break
            commands, at = commands + 1, best
        result.append(commands)
    return result
