static String row(int i) {
    return "<li id=\"row-" + i + "\">Product " + i + " costs " + i * 25 + " today</li>"
}

static String joined(int n) {
    List<String> lines = new ArrayList<>()
    for (int i = 0; i < n; i++) {
        lines.add(row(i))
    }
    return String.join("\n", lines)
}

static String grown(int n) {
    String result = ""
    for (int i = 0; i < n; i++) {
        result += i % 10 + ","
    }
    return result
}

static Object bench(int n) {
    String page = joined(n)
    return page.length() * 7L + page.toUpperCase(Locale.ROOT).indexOf("PRODUCT " + (n - 1) + " ") + grown(n >> 2).length()
}
