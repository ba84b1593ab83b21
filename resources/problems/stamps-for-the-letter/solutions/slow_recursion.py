def fewest_stamps(values, postage):
    if postage == 0:
        return 0
    found = [fewest_stamps(values, postage - value) for value in set(values) if value <= postage]
    found = [count for count in found if count is not None]
    return 1 + min(found) if found else None
