static String story(int n) {
    String[] words = ["the", "cat", "saw", "a", "dog", "and", "bird", "under", "old", "tree"]
    List<String> chosen = new ArrayList<>()
    long seed = 42
    for (int i = 0; i < n; i++) {
        seed = (seed * 3877 + 29573) % 139968
        String word = words[(int) (seed % 10)]
        chosen.add((seed % 3 == 0) ? word + "s" : word)
    }
    return String.join(" ", chosen)
}

static Map<String, Long> counted(String s) {
    Map<String, Long> counts = new LinkedHashMap<>()
    for (String word : s.split(" ")) {
        counts.merge(word, 1L, Long::sum)
    }
    return counts
}

static Object bench(int n) {
    Map<String, Long> counts = counted(story(n))
    List<String> ranked = counts.keySet().sort().sort { String word -> -counts[word] }
    return ranked.collect { String word -> word + "=" + counts[word] }.join(" ")
}
