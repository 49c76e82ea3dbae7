function span(n) {
    var list = [];
    for (var i = 0; i < n; i++) { list.push(i); }
    return list;
}

function add(a, b) { return a + b; }

function bench(n) {
    var sum = 0;
    for (var turn = 0; turn < 10; turn++) {
        var numbers = span(n).map(function (i) { return (i * 7919 + turn) % 10007; });
        var kept = numbers.filter(function (i) { return i % 3 !== 0; }).map(function (i) { return i * 2 + 1; });
        sum += kept.reduce(function (a, b) { return (a + b) % 1000003; }, 0);
        sum += kept.slice().sort(function (a, b) { return a - b; }).slice(0, 100).reduce(add, 0);
    }
    return sum;
}
