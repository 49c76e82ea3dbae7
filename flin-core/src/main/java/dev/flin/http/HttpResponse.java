package dev.flin.http;

import java.nio.charset.StandardCharsets;

/**
 * The answer to a request.
 *
 * @param status the status code
 * @param headers the header fields, {@code Content-Type} included
 * @param body the body; empty for answers to {@code HEAD}
 */
public record HttpResponse(int status, HttpFields headers, ResponseBody body) {

	public static final String JSON = "application/json";

	public static final String HTML = "text/html; charset=utf-8";

	public static final String TEXT = "text/plain; charset=utf-8";

	private static final HttpFields JSON_FIELDS = HttpFields.of("Content-Type", JSON);

	private static final HttpFields HTML_FIELDS = HttpFields.of("Content-Type", HTML);

	private static final HttpFields TEXT_FIELDS = HttpFields.of("Content-Type", TEXT);

	public static HttpResponse of(int status, String contentType, byte[] body) {
		HttpFields fields = switch (contentType) {
			case JSON -> JSON_FIELDS;
			case HTML -> HTML_FIELDS;
			case TEXT -> TEXT_FIELDS;
			default -> HttpFields.of("Content-Type", contentType);
		};
		return new HttpResponse(status, fields, ResponseBody.of(body));
	}

	public static HttpResponse of(int status, String contentType, String body) {
		return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	public static HttpResponse empty(int status, String... namesAndValues) {
		return new HttpResponse(status, HttpFields.of(namesAndValues), ResponseBody.EMPTY);
	}

	public HttpResponse withHeaders(HttpFields fields) {
		return new HttpResponse(this.status, fields, this.body);
	}

	public HttpResponse withBody(ResponseBody other) {
		return new HttpResponse(this.status, this.headers, other);
	}

	public HttpResponse withoutBody() {
		return new HttpResponse(this.status, this.headers, ResponseBody.EMPTY);
	}

	/** The body as text, for tests and tools; a streamed body is not read. */
	public String text() {
		return switch (this.body) {
			case ResponseBody.Bytes bytes -> new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8);
			case ResponseBody.Content content -> "";
			case ResponseBody.Stream stream -> "";
		};
	}

}
