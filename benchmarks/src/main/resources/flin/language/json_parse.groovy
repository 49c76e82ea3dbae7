final class Cursor {

    int at

}

static void blanks(String s, Cursor cursor) {
    while (cursor.at < s.length() && s.charAt(cursor.at) == (char) ' ') {
        cursor.at++
    }
}

static String word(String s, Cursor cursor) {
    int start = cursor.at + 1
    int end = start
    while (s.charAt(end) != (char) '"') {
        end++
    }
    cursor.at = end + 1
    return s.substring(start, end)
}

static long digits(String s, Cursor cursor) {
    long value = 0
    while (cursor.at < s.length() && s.charAt(cursor.at) >= (char) '0' && s.charAt(cursor.at) <= (char) '9') {
        value = value * 10 + s.charAt(cursor.at) - 48
        cursor.at++
    }
    return value
}

static List<Object> items(String s, Cursor cursor) {
    List<Object> found = new ArrayList<>()
    cursor.at++
    blanks(s, cursor)
    while (s.charAt(cursor.at) != (char) ']') {
        found.add(value(s, cursor))
        blanks(s, cursor)
        if (s.charAt(cursor.at) == (char) ',') {
            cursor.at++
        }
        blanks(s, cursor)
    }
    cursor.at++
    return found
}

static Map<String, Object> members(String s, Cursor cursor) {
    Map<String, Object> found = new LinkedHashMap<>()
    cursor.at++
    blanks(s, cursor)
    while (s.charAt(cursor.at) != (char) '}') {
        String key = word(s, cursor)
        blanks(s, cursor)
        cursor.at++
        found.put(key, value(s, cursor))
        blanks(s, cursor)
        if (s.charAt(cursor.at) == (char) ',') {
            cursor.at++
        }
        blanks(s, cursor)
    }
    cursor.at++
    return found
}

static Object value(String s, Cursor cursor) {
    blanks(s, cursor)
    switch (s.charAt(cursor.at)) {
        case (char) '{':
            return members(s, cursor)
        case (char) '[':
            return items(s, cursor)
        case (char) '"':
            return word(s, cursor)
        case (char) 't':
            cursor.at += 4
            return true
        case (char) 'f':
            cursor.at += 5
            return false
        default:
            return digits(s, cursor)
    }
}

static String document(int n) {
    List<String> rows = new ArrayList<>()
    for (int i = 0; i < n; i++) {
        String flag = (i % 2 == 0) ? "true" : "false"
        rows.add("{\"id\": " + i + ", \"name\": \"Product " + i + "\", \"tags\": [\"a\", \"b\", \"c\"], \"on\": " + flag + ", \"price\": " + i * 7 + "}")
    }
    return "[" + String.join(", ", rows) + "]"
}

static Object bench(int n) {
    long sum = 0
    for (Object each : (List<?>) value(document(n), new Cursor())) {
        Map<?, ?> row = (Map<?, ?>) each
        sum += ((Long) row.get("price")) + ((List<?>) row.get("tags")).size() + ((String) row.get("name")).length()
        if (Boolean.TRUE.equals(row.get("on"))) {
            sum++
        }
    }
    return sum
}
