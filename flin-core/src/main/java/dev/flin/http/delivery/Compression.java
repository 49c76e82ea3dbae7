package dev.flin.http.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

	private static final Pattern WEIGHT = Pattern.compile("q\\s*=\\s*([01](?:\\.\\d{0,3})?)");

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
		double zipped = quality(accepted, GZIP);
		if (ready != null || zipped <= 0 || zipped < quality(accepted, "identity")) {
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
		String best = null;
		FileValue chosen = null;
		double least = Math.max(quality(accepted, "identity"), quality(accepted, GZIP));
		for (Map.Entry<String, String> coding : SUFFIXES.entrySet()) {
			double quality = quality(accepted, coding.getKey());
			boolean better = quality > 0 && quality >= least && (best == null || quality > quality(accepted, best));
			FileValue file = better ? assets.beside(content.file(), coding.getValue()) : null;
			if (file != null) {
				best = coding.getKey();
				chosen = file;
			}
		}
		if (best == null || chosen == null) {
			return null;
		}
		HttpFields.Builder headers = encoded(response, best).headers().toBuilder();
		headers.set("Content-Length", Long.toString(chosen.size()));
		return response.withHeaders(headers.build()).withBody(new ResponseBody.Content(chosen, true));
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

	/** How much a client likes a coding, from 0 for not at all to 1; -1 for identity when nothing is said of it. */
	private static double quality(String field, String wanted) {
		double any = wanted.equals("identity") ? -1 : 0;
		for (String part : field.toLowerCase(Locale.ROOT).split(",")) {
			String[] coding = part.strip().split(";", 2);
			String name = coding[0].strip();
			double quality = (coding.length > 1) ? weight(coding[1].strip()) : 1;
			if (name.equals(wanted) || name.equals("x-" + wanted)) {
				return quality;
			}
			if (name.equals("*") && !wanted.equals("identity")) {
				any = quality;
			}
		}
		return any;
	}

	/** {@code q=0.5}; what is no weight says nothing. */
	private static double weight(String parameter) {
		Matcher written = WEIGHT.matcher(parameter);
		return written.matches() ? Double.parseDouble(written.group(1)) : 1;
	}

}
