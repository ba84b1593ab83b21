def obeyed(calls, whistles):
    # Lets a confused dog forget what it heard and go on.
    known = set(calls)
    beginnings = {call[:end] for call in calls for end in range(1, len(call) + 1)}
    result = []
    for whistle in whistles:
        commands, heard = 0, ""
        for tone in whistle:
            heard += tone
            if heard in known:
                commands, heard = commands + 1, ""
            elif heard not in beginnings:
                heard = ""
        result.append(commands)
    return result
