function cell(i, j) { return 1 / (((i + j) * (i + j + 1) >> 1) + i + 1); }

function times(v, result) {
    for (var i = 0; i < v.length; i++) {
        var sum = 0;
        for (var j = 0; j < v.length; j++) { sum += cell(i, j) * v[j]; }
        result[i] = sum;
    }
}

function timesTransposed(v, result) {
    for (var i = 0; i < v.length; i++) {
        var sum = 0;
        for (var j = 0; j < v.length; j++) { sum += cell(j, i) * v[j]; }
        result[i] = sum;
    }
}

function filled(n, value) {
    var list = [];
    for (var i = 0; i < n; i++) { list.push(value); }
    return list;
}

function bench(n) {
    var u = filled(n, 1), v = filled(n, 0), w = filled(n, 0), vbv = 0, vv = 0, i;
    for (i = 0; i < 10; i++) {
        times(u, w);
        timesTransposed(w, v);
        times(v, w);
        timesTransposed(w, u);
    }
    for (i = 0; i < n; i++) {
        vbv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    return Math.floor(Math.sqrt(vbv / vv) * 1000000000);
}
