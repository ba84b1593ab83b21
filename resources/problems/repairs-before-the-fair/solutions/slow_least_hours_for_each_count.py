def most_repairs(hours, due):
    least = [0]
    for limit, length in sorted(zip(due, hours)):
        if least[-1] + length <= limit:
            least.append(least[-1] + length)
            begin = len(least) - 2
        else:
            begin = len(least) - 1
        for count in range(begin, 0, -1):
            if least[count - 1] + length <= limit and least[count - 1] + length < least[count]:
                least[count] = least[count - 1] + length
    return len(least) - 1
