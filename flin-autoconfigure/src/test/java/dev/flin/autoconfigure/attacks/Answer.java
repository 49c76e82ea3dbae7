package dev.flin.autoconfigure.attacks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What came back over the wire. */
record Answer(int status, List<String> head, String body) {

	static final Answer NOTHING = new Answer(0, List.of(), "");

	/** The value of a header field; empty when there is none. */
	String header(String name) {
		List<String> all = headers(name);
		return all.isEmpty() ? "" : all.get(0);
	}

	List<String> headers(String name) {
		List<String> found = new ArrayList<>();
		for (String line : this.head) {
			int colon = line.indexOf(':');
			if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
				found.add(line.substring(colon + 1).strip());
			}
		}
		return found;
	}

	/** The value of a cookie that is set; null when it is not. */
	@Nullable String cookie(String name) {
		for (String each : headers("Set-Cookie")) {
			if (each.startsWith(name + "=")) {
				return each.substring(name.length() + 1, (each + ";").indexOf(';'));
			}
		}
		return null;
	}

	static Answer parse(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		int end = text.indexOf("\r\n\r\n");
		if (end < 0 || !text.startsWith("HTTP/1.")) {
			return NOTHING;
		}
		List<String> lines = text.substring(0, end).lines().toList();
		int status = Integer.parseInt(lines.get(0).split(" ")[1]);
		List<String> fields = lines.subList(1, lines.size());
		Answer raw = new Answer(status, fields, text.substring(end + 4));
		return raw.header("Transfer-Encoding").equalsIgnoreCase("chunked")
				? new Answer(status, fields, dechunked(raw.body())) : raw;
	}

	private static String dechunked(String text) {
		StringBuilder out = new StringBuilder();
		int at = 0;
		while (at < text.length()) {
			int line = text.indexOf("\r\n", at);
			int size = (line < 0) ? 0 : Integer.parseInt(text.substring(at, line).split(";")[0].strip(), 16);
			if (size == 0 || line + 2 + size > text.length()) {
				break;
			}
			out.append(text, line + 2, line + 2 + size);
			at = line + 4 + size;
		}
		return out.toString();
	}

}
