static List<Map<String, Object>> orders(int n) {
    return (0..<n).collect { int i -> [id: (long) i, shop: "shop " + i % 37, amount: i * 7919L % 1009, open: i % 4 != 0] as Map<String, Object> }
}

static Object bench(int n) {
    Map<String, List<Map<String, Object>>> groups = orders(n).findAll { Map<String, Object> o -> (boolean) o.get("open") }
            .groupBy { Map<String, Object> o -> (String) o.get("shop") }
    Map<String, Long> totals = groups.collectEntries { String shop, List<Map<String, Object>> list ->
        [shop, list.inject(0L) { Long sum, Map<String, Object> o -> sum + (Long) o.get("amount") }]
    } as Map<String, Long>
    List<String> best = totals.keySet().sort().sort { String shop -> -totals[shop] }.take(5)
    return best.collect { String shop -> shop + ": " + totals[shop] }.join(", ")
}
