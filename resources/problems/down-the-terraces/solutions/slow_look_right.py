def bounces(heights):
    result = [0] * len(heights)
    for index in range(len(heights) - 1, -1, -1):
        for after in range(index + 1, len(heights)):
            if heights[after] < heights[index]:
                result[index] = result[after] + 1
                break
    return result
