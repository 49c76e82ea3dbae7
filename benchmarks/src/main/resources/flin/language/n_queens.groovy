static long placed(int row, int size, boolean[] columns, boolean[] rising, boolean[] falling) {
    if (row == size) {
        return 1
    }
    long found = 0
    for (int col = 0; col < size; col++) {
        if (!columns[col] && !rising[row + col] && !falling[row - col + size]) {
            columns[col] = true
            rising[row + col] = true
            falling[row - col + size] = true
            found += placed(row + 1, size, columns, rising, falling)
            columns[col] = false
            rising[row + col] = false
            falling[row - col + size] = false
        }
    }
    return found
}

static Object bench(int n) {
    return placed(0, n, new boolean[n], new boolean[2 * n], new boolean[2 * n + 1])
}
