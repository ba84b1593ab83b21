def islands_after(heights, levels):
    rows, columns = len(heights), len(heights[0])
    parent = list(range(rows * columns))
    dry = [False] * (rows * columns)

    def find(square):
        while parent[square] != square:
            parent[square] = parent[parent[square]]
            square = parent[square]
        return square

    squares = sorted(range(rows * columns), key=lambda at: -heights[at // columns][at % columns])
    order = sorted(range(len(levels)), key=lambda number: -levels[number])
    result = [0] * len(levels)
    islands = added = 0
    for number in order:
        while added < len(squares):
            square = squares[added]
            row, column = divmod(square, columns)
            if heights[row][column] <= levels[number]:
                break
            added += 1
            dry[square] = True
            islands += 1
            for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if 0 <= r < rows and 0 <= c < columns and dry[r * columns + c]:
                    a, b = find(square), find(r * columns + c)
                    if a != b:
                        parent[a] = b
                        islands -= 1
        result[number] = islands
    return result
