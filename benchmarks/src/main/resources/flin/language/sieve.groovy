static Object bench(int n) {
    boolean[] crossed = new boolean[n + 1]
    long count = 0
    for (int i = 2; i <= n; i++) {
        if (!crossed[i]) {
            count++
            for (long k = (long) i * i; k <= n; k += i) {
                crossed[(int) k] = true
            }
        }
    }
    return count
}
