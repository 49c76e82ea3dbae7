package dev.flin.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinMap;

/**
 * Percent-encoding of paths, queries and forms, in strict UTF-8.
 */
public final class Percent {

	private Percent() {
	}

	/** The decoded segments of a path, or null when it is malformed. The root has none. */
	public static @Nullable List<String> segments(String path) {
		if (!path.startsWith("/")) {
			return null;
		}
		List<String> segments = new ArrayList<>();
		int from = 1;
		while (from < path.length()) {
			int slash = path.indexOf('/', from);
			int end = (slash < 0) ? path.length() : slash;
			String segment = decode(path.substring(from, end), false);
			if (segment == null || segment.indexOf('\0') >= 0) {
				return null;
			}
			segments.add(segment);
			from = end + 1;
			if (slash == path.length() - 1) {
				segments.add("");
			}
		}
		return segments;
	}

	/** Decodes text; null when it is malformed. */
	public static @Nullable String decode(String text, boolean plusIsBlank) {
		if (text.indexOf('%') < 0 && (!plusIsBlank || text.indexOf('+') < 0)) {
			return text;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '%') {
				boolean complete = i + 2 < text.length();
				int high = complete ? Character.digit(text.charAt(i + 1), 16) : -1;
				int low = complete ? Character.digit(text.charAt(i + 2), 16) : -1;
				if (high < 0 || low < 0) {
					return null;
				}
				bytes.write(high * 16 + low);
				i += 2;
			}
			else if (c == '+' && plusIsBlank) {
				bytes.write(' ');
			}
			else {
				int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
				bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
				i = end - 1;
			}
		}
		return utf8(bytes.toByteArray());
	}

	/** A path in which everything that has a meaning elsewhere is encoded. */
	public static String encodePath(String path) {
		StringBuilder out = new StringBuilder();
		for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
			int c = one & 0xff;
			if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/-._~".indexOf(c) >= 0) {
				out.append((char) c);
			}
			else {
				encode(c, out);
			}
		}
		return out.toString();
	}

	/** An address for a header field, which holds ASCII alone: what is encoded already stays as it is. */
	public static String encodeAddress(String address) {
		if (address.chars().allMatch((c) -> c > ' ' && c < 127)) {
			return address;
		}
		StringBuilder out = new StringBuilder();
		for (byte one : address.getBytes(StandardCharsets.UTF_8)) {
			int c = one & 0xff;
			if (c > ' ' && c < 127) {
				out.append((char) c);
			}
			else {
				encode(c, out);
			}
		}
		return out.toString();
	}

	private static void encode(int c, StringBuilder out) {
		out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
			.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
	}

	/** Text of bytes; null when they are not UTF-8. */
	public static @Nullable String utf8(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/**
	 * The pairs of a query or form. Pairs that are malformed are kept as they were sent.
	 * @return keys and values by turns
	 */
	public static List<String> pairs(String text) {
		List<String> pairs = new ArrayList<>();
		for (String pair : text.split("&")) {
			if (pair.isEmpty()) {
				continue;
			}
			int equals = pair.indexOf('=');
			pairs.add(lenient((equals < 0) ? pair : pair.substring(0, equals)));
			pairs.add((equals < 0) ? "" : lenient(pair.substring(equals + 1)));
		}
		return pairs;
	}

	private static String lenient(String text) {
		String decoded = decode(text, true);
		return (decoded != null) ? decoded : text;
	}

	/** A map of pairs; of a repeated key the last value counts. */
	public static FlinMap map(List<String> pairs) {
		FlinMap map = new FlinMap();
		for (int i = 0; i < pairs.size(); i += 2) {
			map.put(pairs.get(i), pairs.get(i + 1));
		}
		return map;
	}

}
