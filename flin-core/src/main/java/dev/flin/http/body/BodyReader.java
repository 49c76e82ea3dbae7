package dev.flin.http.body;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpProblem;
import dev.flin.http.HttpRequest;
import dev.flin.http.Percent;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Reads the body of a request into a value, by its {@code Content-Type}.
 */
public final class BodyReader {

	private final RequestLimits limits;

	private final Spool spool;

	public BodyReader(RequestLimits limits, Spool spool) {
		this.limits = limits;
		this.spool = spool;
	}

	/**
	 * A body that was read.
	 *
	 * @param value the value that the program sees
	 * @param pairs keys and values by turns of a form, where keys may repeat; null for other bodies
	 * @param uploads the contents of its files
	 * @param json the text of a JSON body; null for other bodies
	 */
	public record Body(@Nullable Object value, @Nullable List<Object> pairs, List<Upload> uploads,
			@Nullable String json) {

		Body(@Nullable Object value, @Nullable List<Object> pairs) {
			this(value, pairs, List.of(), null);
		}

		public boolean isForm() {
			return this.pairs != null;
		}

	}

	/**
	 * Reads the body.
	 * @throws HttpProblem 400 when it is malformed, 413 when it is too large, 415 for an unknown charset
	 */
	public Body read(HttpRequest request) {
		String contentType = request.headers().first("Content-Type");
		String type = mediaType(contentType);
		if (type.equals("multipart/form-data")) {
			return readParts(request, parameter(contentType, "boundary"));
		}
		if (!isReadable(type)) {
			return file(request, type);
		}
		byte[] bytes = readBytes(request, this.limits.maxBodyBytes());
		if (bytes.length == 0 && !type.equals("application/json")) {
			return new Body(isForm(type) ? new FlinMap() : null, isForm(type) ? List.of() : null);
		}
		if (isJson(type)) {
			return (bytes.length == 0) ? new Body(null, null) : json(text(bytes, StandardCharsets.UTF_8));
		}
		return switch (type) {
			case "application/x-www-form-urlencoded" -> form(Percent.pairs(text(bytes, StandardCharsets.UTF_8)));
			case "" -> new Body(textOrFile(bytes), null);
			default -> new Body(text(bytes, charset(contentType)), null);
		};
	}

	/** Whether the value is something else than the bytes themselves. */
	private static boolean isReadable(String type) {
		return type.isEmpty() || isForm(type) || type.startsWith("text/") || isJson(type) || type.endsWith("xml");
	}

	public static boolean isJson(String type) {
		return type.equals("application/json") || type.endsWith("+json");
	}

	/** Bytes of any other type are a file, like one of a form: through the disk, within the limit of uploads. */
	private Body file(HttpRequest request, String type) {
		long maxBytes = this.limits.maxUploadBytes();
		refuseIfLarger(request, maxBytes);
		Upload upload = new Upload(this.spool);
		try (InputStream in = new LimitedStream(request.body().open(), maxBytes)) {
			in.transferTo(upload);
			if (upload.size() == 0) {
				upload.close();
				return new Body(null, null);
			}
			return new Body(upload.toFile(fileName(request), type), null, List.of(upload), null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (HttpProblem ex) {
			throw closed(upload, ex);
		}
	}

	private static HttpProblem closed(Upload upload, HttpProblem problem) {
		try {
			upload.close();
		}
		catch (IOException ex) {
			problem.addSuppressed(ex);
		}
		return problem;
	}

	/** The name that the client gives, without directories. */
	private static String fileName(HttpRequest request) {
		String given = parameter(request.headers().first("Content-Disposition"), "filename");
		String name = (given != null) ? baseName(given) : "";
		return name.isBlank() ? "body" : name;
	}

	/** The last part of a path, without characters that nobody sees: a zero in a name ends it for some systems. */
	static String baseName(String given) {
		return given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
			.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069]", "");
	}

	private Body readParts(HttpRequest request, @Nullable String boundary) {
		long maxBytes = this.limits.maxUploadBytes();
		refuseIfLarger(request, maxBytes);
		try (InputStream in = new LimitedStream(request.body().open(), maxBytes)) {
			Multipart.Parts parts = Multipart.read(in, boundary, this.limits, this.spool);
			Body form = form(parts.pairs());
			return new Body(form.value(), form.pairs(), parts.uploads(), null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isForm(String type) {
		return type.equals("application/x-www-form-urlencoded") || type.equals("multipart/form-data");
	}

	private static Body json(String text) {
		try {
			return new Body(JsonParser.parse(text), null, List.of(), text);
		}
		catch (FlinError ex) {
			throw new HttpProblem(400, ex.message());
		}
	}

	private static Body form(List<? extends Object> pairs) {
		FlinMap map = new FlinMap();
		for (int i = 0; i < pairs.size(); i += 2) {
			map.put(pairs.get(i), pairs.get(i + 1));
		}
		return new Body(map, List.copyOf(pairs));
	}

	/** Without a content type a text, when it is one. */
	private static Object textOrFile(byte[] bytes) {
		String text = Percent.utf8(bytes);
		return (text != null) ? text : new FileValue("body", "application/octet-stream", bytes.length, null,
				() -> new ByteArrayInputStream(bytes));
	}

	private static String text(byte[] bytes, Charset charset) {
		if (charset != StandardCharsets.UTF_8) {
			return new String(bytes, charset);
		}
		String text = Percent.utf8(bytes);
		if (text == null) {
			throw new HttpProblem(400, "Malformed text: not UTF-8");
		}
		return text;
	}

	private static byte[] readBytes(HttpRequest request, long maxBytes) {
		refuseIfLarger(request, maxBytes);
		try (InputStream in = new LimitedStream(request.body().open(), maxBytes)) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A client that says it will send too much need not begin. */
	private static void refuseIfLarger(HttpRequest request, long maxBytes) {
		String length = request.headers().first("Content-Length");
		if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > maxBytes) {
			throw tooLarge(maxBytes);
		}
	}

	/** A stream that refuses to bring more than it may. */
	private static final class LimitedStream extends FilterInputStream {

		private final long maxBytes;

		private long count;

		LimitedStream(InputStream in, long maxBytes) {
			super(in);
			this.maxBytes = maxBytes;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read;
			try {
				read = super.read(bytes, offset, length);
			}
			catch (IOException ex) {
				throw new HttpProblem(400, "The body ended early");
			}
			counted(read);
			return read;
		}

		private void counted(int read) {
			this.count += Math.max(0, read);
			if (this.count > this.maxBytes) {
				throw tooLarge(this.maxBytes);
			}
		}

	}

	private static HttpProblem tooLarge(long maxBytes) {
		return new HttpProblem(413, "Body is larger than " + maxBytes + " bytes");
	}

	public static String mediaType(@Nullable String contentType) {
		if (contentType == null) {
			return "";
		}
		int semicolon = contentType.indexOf(';');
		return ((semicolon < 0) ? contentType : contentType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
	}

	/** A parameter of a header value such as {@code boundary}; null when absent. */
	static @Nullable String parameter(@Nullable String value, String name) {
		if (value == null) {
			return null;
		}
		int from = 0;
		while ((from = value.indexOf(';', from)) >= 0) {
			from++;
			int equals = value.indexOf('=', from);
			if (equals < 0) {
				return null;
			}
			boolean wanted = value.substring(from, equals).strip().equalsIgnoreCase(name);
			int start = equals + 1;
			boolean quoted = start < value.length() && value.charAt(start) == '"';
			int end = quoted ? value.indexOf('"', start + 1) : value.indexOf(';', start);
			end = (end < 0) ? value.length() : end;
			if (wanted) {
				return quoted ? value.substring(start + 1, end) : value.substring(start, end).strip();
			}
			from = end;
		}
		return null;
	}

	private static Charset charset(@Nullable String contentType) {
		String name = parameter(contentType, "charset");
		if (name == null) {
			return StandardCharsets.UTF_8;
		}
		try {
			return Charset.forName(name);
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			throw new HttpProblem(415, "Unknown charset " + name);
		}
	}

}
