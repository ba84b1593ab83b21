def bounces(heights):
    result = [0] * len(heights)
    lower = []
    for index in range(len(heights) - 1, -1, -1):
        while lower and lower[-1] >= heights[index]:
            lower.pop()
        result[index] = len(lower)
        lower.append(heights[index])
    return result
