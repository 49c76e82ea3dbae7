package dev.flin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Compresses texts for clients that can read that. What is compressed already stays as it is, and so does what goes out
 * in parts.
 */
final class Compression {

	/** Below this, the packet is the same size anyway. */
	static final int BYTES_MIN = 1024;

	private static final int BYTES_MAX = 8 * 1024 * 1024;

	private Compression() {
	}

	/** Says that others may get it compressed; also where it is not sent, or in parts. */
	static HttpResponse varied(HttpResponse response) {
		if (!isCompressible(response)) {
			return response;
		}
		HttpFields.Builder headers = response.headers().toBuilder();
		Vary.add(headers, "Accept-Encoding");
		return response.withHeaders(headers.build());
	}

	private static boolean isCompressible(HttpResponse response) {
		return response.status() == 200 && isText(response.headers().first("Content-Type"))
				&& response.headers().first("Content-Encoding") == null && !isForbidden(response);
	}

	static HttpResponse apply(HttpRequest request, HttpResponse response, Assets assets) {
		if (!accepts(request.headers().first("Accept-Encoding")) || request.headers().first("Range") != null
				|| !isCompressible(response)) {
			return response;
		}
		byte[] small = switch (response.body()) {
			case ResponseBody.Bytes bytes when bytes.length() >= BYTES_MIN && bytes.length() <= BYTES_MAX ->
				gzip(bytes.array(), bytes.length());
			case ResponseBody.Bytes bytes -> null;
			case ResponseBody.Stream stream -> null;
			case ResponseBody.Content content -> content.asset() ? assets.compressed(content.file()) : null;
		};
		if (small == null) {
			return response;
		}
		HttpFields.Builder headers = response.headers().toBuilder();
		headers.remove("Content-Length").remove("Accept-Ranges").set("Content-Encoding", "gzip");
		String tag = response.headers().first("ETag");
		if (tag != null && !tag.startsWith("W/")) {
			headers.set("ETag", "W/" + tag);
		}
		return new HttpResponse(response.status(), headers.build(), ResponseBody.of(small));
	}

	static byte[] gzip(byte[] bytes, int length) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(length / 4 + 64);
		try (GZIPOutputStream zip = new GZIPOutputStream(out, 4096)) {
			zip.write(bytes, 0, length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	private static boolean isForbidden(HttpResponse response) {
		String cache = response.headers().first("Cache-Control");
		return cache != null && cache.contains("no-transform");
	}

	private static boolean isText(@Nullable String contentType) {
		if (HttpResponse.HTML.equals(contentType) || HttpResponse.JSON.equals(contentType)
				|| HttpResponse.TEXT.equals(contentType)) {
			return true;
		}
		String type = BodyReader.mediaType(contentType);
		return type.startsWith("text/") && !type.equals("text/event-stream") || type.endsWith("+json")
				|| type.endsWith("+xml") || switch (type) {
					case "application/json", "application/xml", "application/javascript", "application/wasm" -> true;
					default -> false;
				};
	}

	private static boolean accepts(@Nullable String field) {
		if (field == null) {
			return false;
		}
		double any = 0;
		for (String part : field.toLowerCase(Locale.ROOT).split(",")) {
			String coding = part.strip();
			double quality = coding.matches(".*;\\s*q=0(\\.0*)?\\s*") ? 0 : 1;
			if (coding.startsWith("gzip") || coding.startsWith("x-gzip")) {
				return quality > 0;
			}
			if (coding.startsWith("*")) {
				any = quality;
			}
		}
		return any > 0;
	}

}
