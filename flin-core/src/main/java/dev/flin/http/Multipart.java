package dev.flin.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;

/**
 * Takes a {@code multipart/form-data} body apart.
 */
final class Multipart {

	private static final byte[] HEADER_END = { '\r', '\n', '\r', '\n' };

	private Multipart() {
	}

	/**
	 * The parts as names and values by turns: a text, or a {@link FileValue} for a part with a file name. A file input
	 * that was left empty gives nothing.
	 * @throws HttpProblem 400 when the body does not keep to its boundary
	 */
	static List<Object> parse(byte[] body, @Nullable String boundary, int maxParts) {
		if (boundary == null || boundary.isEmpty()) {
			throw malformed("no boundary");
		}
		byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
		byte[] separator = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
		int at = startsWith(body, delimiter, 0) ? delimiter.length : after(body, separator, 0);
		List<Object> pairs = new ArrayList<>();
		while (at >= 0 && !startsWith(body, new byte[] { '-', '-' }, at)) {
			int headers = skipLineBreak(body, at);
			int end = indexOf(body, separator, headers);
			if (end < 0) {
				throw malformed("the last boundary is missing");
			}
			if (pairs.size() / 2 == maxParts) {
				throw new HttpProblem(413, "More than " + maxParts + " parts");
			}
			part(body, headers, end, pairs);
			at = end + separator.length;
		}
		if (at < 0) {
			throw malformed("the boundary is missing");
		}
		return pairs;
	}

	private static void part(byte[] body, int start, int end, List<Object> pairs) {
		int headersEnd = startsWith(body, new byte[] { '\r', '\n' }, start) ? start - 2
				: indexOf(body, HEADER_END, start);
		if (headersEnd < 0 || headersEnd + HEADER_END.length > end) {
			throw malformed("a part without header fields");
		}
		String disposition = null;
		String contentType = null;
		String fields = new String(body, start, Math.max(0, headersEnd - start), StandardCharsets.UTF_8);
		for (String line : fields.split("\r\n")) {
			String lower = line.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-disposition:")) {
				disposition = line;
			}
			else if (lower.startsWith("content-type:")) {
				contentType = line.substring("content-type:".length()).strip();
			}
		}
		String name = BodyReader.parameter(disposition, "name");
		if (name == null) {
			throw malformed("a part without a name");
		}
		byte[] content = Arrays.copyOfRange(body, headersEnd + HEADER_END.length, end);
		String fileName = BodyReader.parameter(disposition, "filename");
		if (fileName == null) {
			pairs.add(name);
			pairs.add(new String(content, StandardCharsets.UTF_8));
		}
		else if (!fileName.isEmpty() || content.length > 0) {
			pairs.add(name);
			String type = (contentType != null) ? contentType : "application/octet-stream";
			pairs.add(new FileValue(baseName(fileName), type, content.length, null, () ->
					new ByteArrayInputStream(content)));
		}
	}

	/** Browsers may send whole paths; only the name counts. */
	private static String baseName(String fileName) {
		return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
	}

	private static int skipLineBreak(byte[] body, int at) {
		int from = at;
		while (from < body.length && (body[from] == ' ' || body[from] == '\t')) {
			from++;
		}
		if (!startsWith(body, new byte[] { '\r', '\n' }, from)) {
			throw malformed("text behind a boundary");
		}
		return from + 2;
	}

	private static int after(byte[] body, byte[] wanted, int from) {
		int at = indexOf(body, wanted, from);
		return (at < 0) ? -1 : at + wanted.length;
	}

	private static int indexOf(byte[] body, byte[] wanted, int from) {
		for (int i = Math.max(from, 0); i <= body.length - wanted.length; i++) {
			if (body[i] == wanted[0] && startsWith(body, wanted, i)) {
				return i;
			}
		}
		return -1;
	}

	private static boolean startsWith(byte[] body, byte[] wanted, int at) {
		return at >= 0 && at + wanted.length <= body.length
				&& Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
	}

	private static HttpProblem malformed(String why) {
		return new HttpProblem(400, "Malformed multipart body: " + why);
	}

}
