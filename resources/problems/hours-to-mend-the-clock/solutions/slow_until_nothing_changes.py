def hours_to_mend(steps, before, after):
    hour = [1] * steps
    for _ in range(steps + 1):
        is_settled = True
        for first, then in zip(before, after):
            if hour[then] <= hour[first]:
                hour[then] = hour[first] + 1
                is_settled = False
        if is_settled:
            return max(hour, default=0)
    return None
