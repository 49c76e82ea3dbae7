function story(n) {
    var words = ["the", "cat", "saw", "a", "dog", "and", "bird", "under", "old", "tree"], chosen = [], seed = 42;
    for (var i = 0; i < n; i++) {
        seed = (seed * 3877 + 29573) % 139968;
        var word = words[seed % 10];
        chosen.push(seed % 3 === 0 ? word + "s" : word);
    }
    return chosen.join(" ");
}

function counted(s) {
    var counts = {}, words = s.split(" ");
    for (var i = 0; i < words.length; i++) { counts[words[i]] = (counts[words[i]] || 0) + 1; }
    return counts;
}

function bench(n) {
    var counts = counted(story(n)), ranked = Object.keys(counts).sort();
    ranked.sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
    return ranked.map(function (w) { return w + "=" + counts[w]; }).join(" ");
}
