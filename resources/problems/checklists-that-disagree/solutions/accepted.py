BIRDS = 30


def disagreements(checklists):
    total = 0
    for bird in range(BIRDS):
        seen = sum(checklist >> bird & 1 for checklist in checklists)
        total += seen * (len(checklists) - seen)
    return total
