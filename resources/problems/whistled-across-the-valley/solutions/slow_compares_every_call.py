def obeyed(calls, whistles):
    result = []
    for whistle in whistles:
        commands, heard = 0, ""
        for tone in whistle:
            heard += tone
            if not any(call.startswith(heard) for call in calls):
                break
            if heard in calls:
                commands, heard = commands + 1, ""
        result.append(commands)
    return result
