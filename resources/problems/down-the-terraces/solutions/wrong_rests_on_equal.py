def bounces(heights):
    # Lets the ball come to rest on a terrace of the same height.
    result = [0] * len(heights)
    lower = []
    for index in range(len(heights) - 1, -1, -1):
        while lower and lower[-1] > heights[index]:
            lower.pop()
        result[index] = len(lower)
        lower.append(heights[index])
    return result
