function placed(row, size, columns, rising, falling) {
    if (row === size) { return 1; }
    var found = 0;
    for (var col = 0; col < size; col++) {
        if (!columns[col] && !rising[row + col] && !falling[row - col + size]) {
            columns[col] = rising[row + col] = falling[row - col + size] = true;
            found += placed(row + 1, size, columns, rising, falling);
            columns[col] = rising[row + col] = falling[row - col + size] = false;
        }
    }
    return found;
}

function empty(n) {
    var list = [];
    for (var i = 0; i < n; i++) { list.push(false); }
    return list;
}

function bench(n) { return placed(0, n, empty(n), empty(2 * n), empty(2 * n + 1)); }
