def disagreements(checklists):
    total = 0
    for index, one in enumerate(checklists):
        for other in range(index):
            total += (one ^ checklists[other]).bit_count()
    return total
