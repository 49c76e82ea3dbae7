function stays(cr, ci) {
    var zr = 0, zi = 0;
    for (var i = 0; i < 50; i++) {
        var next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        if (zr * zr + zi * zi > 4) { return false; }
    }
    return true;
}

function bench(n) {
    var inside = 0;
    for (var y = 0; y < n; y++) {
        for (var x = 0; x < n; x++) {
            if (stays(2 * x / n - 1.5, 2 * y / n - 1)) { inside++; }
        }
    }
    return inside;
}
