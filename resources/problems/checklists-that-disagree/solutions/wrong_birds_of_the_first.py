def disagreements(checklists):
    # Looks only at as many bits as the first checklist has.
    total = 0
    for bird in range(checklists[0].bit_length() if checklists else 0):
        seen = sum(checklist >> bird & 1 for checklist in checklists)
        total += seen * (len(checklists) - seen)
    return total
