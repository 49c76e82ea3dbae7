function flipsOf(perm) {
    var flips = 0, k = perm[0];
    while (k !== 0) {
        var low = 0, high = k;
        while (low < high) {
            var kept = perm[low];
            perm[low] = perm[high];
            perm[high] = kept;
            low++;
            high--;
        }
        flips++;
        k = perm[0];
    }
    return flips;
}

function bench(n) {
    var order = [], perm = [], left = [], most = 0, checksum = 0, even = true, r = n, i;
    for (i = 0; i < n; i++) { order.push(i); perm.push(0); left.push(0); }
    while (r <= n) {
        while (r > 1) { left[r - 1] = r; r--; }
        for (i = 0; i < n; i++) { perm[i] = order[i]; }
        var flips = flipsOf(perm);
        if (flips > most) { most = flips; }
        if (even) { checksum += flips; } else { checksum -= flips; }
        even = !even;
        var turning = true;
        while (turning) {
            if (r === n) {
                r = n + 1;
                turning = false;
            } else {
                var kept = order[0];
                for (i = 0; i < r; i++) { order[i] = order[i + 1]; }
                order[r] = kept;
                left[r] = left[r] - 1;
                if (left[r] > 0) { turning = false; } else { r++; }
            }
        }
    }
    return checksum * 1000 + most;
}
