function Cursor() { this.at = 0; }

function blanks(s, cursor) {
    while (cursor.at < s.length && s.charAt(cursor.at) === " ") { cursor.at++; }
}

function word(s, cursor) {
    var start = cursor.at + 1, end = start;
    while (s.charAt(end) !== "\"") { end++; }
    cursor.at = end + 1;
    return s.substring(start, end);
}

function digits(s, cursor) {
    var value = 0;
    while (cursor.at < s.length && s.charAt(cursor.at) >= "0" && s.charAt(cursor.at) <= "9") {
        value = value * 10 + s.charCodeAt(cursor.at) - 48;
        cursor.at++;
    }
    return value;
}

function items(s, cursor) {
    var found = [];
    cursor.at++;
    blanks(s, cursor);
    while (s.charAt(cursor.at) !== "]") {
        found.push(value(s, cursor));
        blanks(s, cursor);
        if (s.charAt(cursor.at) === ",") { cursor.at++; }
        blanks(s, cursor);
    }
    cursor.at++;
    return found;
}

function members(s, cursor) {
    var found = {};
    cursor.at++;
    blanks(s, cursor);
    while (s.charAt(cursor.at) !== "}") {
        var key = word(s, cursor);
        blanks(s, cursor);
        cursor.at++;
        found[key] = value(s, cursor);
        blanks(s, cursor);
        if (s.charAt(cursor.at) === ",") { cursor.at++; }
        blanks(s, cursor);
    }
    cursor.at++;
    return found;
}

function value(s, cursor) {
    blanks(s, cursor);
    switch (s.charAt(cursor.at)) {
        case "{": return members(s, cursor);
        case "[": return items(s, cursor);
        case "\"": return word(s, cursor);
        case "t": cursor.at += 4; return true;
        case "f": cursor.at += 5; return false;
        default: return digits(s, cursor);
    }
}

function documentOf(n) {
    var rows = [];
    for (var i = 0; i < n; i++) {
        var flag = i % 2 === 0 ? "true" : "false";
        rows.push('{"id": ' + i + ', "name": "Product ' + i + '", "tags": ["a", "b", "c"], "on": ' + flag + ', "price": ' + i * 7 + '}');
    }
    return "[" + rows.join(", ") + "]";
}

function bench(n) {
    var rows = value(documentOf(n), new Cursor()), sum = 0;
    for (var i = 0; i < rows.length; i++) {
        var row = rows[i];
        sum += row["price"] + row["tags"].length + row["name"].length;
        if (row["on"]) { sum++; }
    }
    return sum;
}
