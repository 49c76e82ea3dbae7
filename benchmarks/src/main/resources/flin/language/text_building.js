function row(i) { return "<li id=\"row-" + i + "\">Product " + i + " costs " + i * 25 + " today</li>"; }

function joined(n) {
    var lines = [];
    for (var i = 0; i < n; i++) { lines.push(row(i)); }
    return lines.join("\n");
}

function grown(n) {
    var result = "";
    for (var i = 0; i < n; i++) { result += i % 10 + ","; }
    return result;
}

function bench(n) {
    var page = joined(n);
    return page.length * 7 + page.toUpperCase().indexOf("PRODUCT " + (n - 1) + " ") + grown((n / 4) | 0).length;
}
