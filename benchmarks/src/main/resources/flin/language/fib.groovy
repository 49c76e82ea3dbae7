static long fib(long n) {
    return (n < 2) ? n : fib(n - 1) + fib(n - 2)
}

static Object bench(int n) {
    return fib(n)
}
