function orders(n) {
    var list = [];
    for (var i = 0; i < n; i++) { list.push(i); }
    return list.map(function (k) {
        return { id: k, shop: "shop " + k % 37, amount: (k * 7919) % 1009, open: k % 4 !== 0 };
    });
}

function groupBy(list, key) {
    var groups = {};
    list.forEach(function (x) {
        var k = key(x);
        if (groups[k] === undefined) { groups[k] = []; }
        groups[k].push(x);
    });
    return groups;
}

function bench(n) {
    var groups = groupBy(orders(n).filter(function (o) { return o.open; }), function (o) { return o.shop; });
    var totals = {};
    Object.keys(groups).forEach(function (shop) {
        totals[shop] = groups[shop].reduce(function (sum, o) { return sum + o.amount; }, 0);
    });
    var best = Object.keys(totals).sort();
    best.sort(function (a, b) { return totals[b] - totals[a] || (a < b ? -1 : 1); });
    return best.slice(0, 5).map(function (shop) { return shop + ": " + totals[shop]; }).join(", ");
}
