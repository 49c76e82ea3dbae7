package dev.flin.http.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.http.Vary;
import dev.flin.http.body.BodyReader;
import dev.flin.value.FileValue;

/**
 * Compresses texts for clients that can read that. What is compressed already stays as it is, and so does what goes out
 * in parts.
 */
public final class Compression {

	/** Below this, the packet is the same size anyway. */
	static final int BYTES_MIN = 1024;

	private static final int BYTES_MAX = 8 * 1024 * 1024;

	private static final String GZIP = "gzip";

	/** Codings that files may lie in beside others, the best one first, with what their names end in. */
	private static final Map<String, String> SUFFIXES = new TreeMap<>(Map.of("br", ".br", GZIP, ".gz"));

	private Compression() {
	}

	/** Says that others may get it compressed; also where it is not sent, or in parts. */
	public static HttpResponse varied(HttpResponse response) {
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

	public static HttpResponse apply(HttpRequest request, HttpResponse response, Assets assets) {
		String accepted = request.headers().first("Accept-Encoding");
		if (accepted == null || request.headers().first("Range") != null || !isCompressible(response)) {
			return response;
		}
		HttpResponse ready = ready(accepted, response, assets);
		if (ready != null || !accepts(accepted, GZIP)) {
			return (ready != null) ? ready : response;
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
		return encoded(response, GZIP).withBody(ResponseBody.of(small));
	}

	/** A file that lies compressed beside what was asked for: {@code app.js.br} beside {@code app.js}. */
	private static @Nullable HttpResponse ready(String accepted, HttpResponse response, Assets assets) {
		if (!(response.body() instanceof ResponseBody.Content content) || !content.asset()) {
			return null;
		}
		for (Map.Entry<String, String> coding : SUFFIXES.entrySet()) {
			FileValue file = accepts(accepted, coding.getKey()) ? assets.beside(content.file(), coding.getValue())
					: null;
			if (file != null) {
				HttpResponse encoded = encoded(response, coding.getKey());
				HttpFields.Builder headers = encoded.headers().toBuilder();
				headers.set("Content-Length", Long.toString(file.size()));
				return encoded.withHeaders(headers.build()).withBody(new ResponseBody.Content(file, true));
			}
		}
		return null;
	}

	private static HttpResponse encoded(HttpResponse response, String coding) {
		HttpFields.Builder headers = response.headers().toBuilder();
		headers.remove("Content-Length").remove("Accept-Ranges").set("Content-Encoding", coding);
		String tag = response.headers().first("ETag");
		if (tag != null && !tag.startsWith("W/")) {
			headers.set("ETag", "W/" + tag);
		}
		return response.withHeaders(headers.build());
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

	private static boolean accepts(String field, String wanted) {
		double any = 0;
		for (String part : field.toLowerCase(Locale.ROOT).split(",")) {
			String coding = part.strip();
			double quality = coding.matches(".*;\\s*q=0(\\.0*)?\\s*") ? 0 : 1;
			String name = coding.split(";", 2)[0].strip();
			if (name.equals(wanted) || name.equals("x-" + wanted)) {
				return quality > 0;
			}
			if (name.equals("*")) {
				any = quality;
			}
		}
		return any > 0;
	}

}
