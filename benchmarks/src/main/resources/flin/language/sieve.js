function bench(n) {
    var crossed = [], count = 0, i;
    for (i = 0; i <= n; i++) { crossed.push(false); }
    for (i = 2; i <= n; i++) {
        if (!crossed[i]) {
            count++;
            for (var k = i * i; k <= n; k += i) { crossed[k] = true; }
        }
    }
    return count;
}
