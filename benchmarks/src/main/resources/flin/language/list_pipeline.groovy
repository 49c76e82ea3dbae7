static Object bench(int n) {
    long sum = 0
    for (int turn = 0; turn < 10; turn++) {
        long shift = turn
        List<Long> numbers = (0..<n).collect { int i -> (i * 7919L + shift) % 10007 }
        List<Long> kept = numbers.findAll { Long i -> i % 3 != 0 }.collect { Long i -> i * 2 + 1 }
        sum += kept.inject(0L) { Long a, Long b -> (a + b) % 1000003 }
        sum += kept.sort(false).take(100).inject(0L) { Long a, Long b -> a + b }
    }
    return sum
}
