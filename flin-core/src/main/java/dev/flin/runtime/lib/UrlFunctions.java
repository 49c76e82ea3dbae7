package dev.flin.runtime.lib;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Addresses, queries and media types.
 */
public final class UrlFunctions {

	private static final String BINARY = "application/octet-stream";

	private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html"),
			Map.entry("htm", "text/html"), Map.entry("css", "text/css"), Map.entry("csv", "text/csv"),
			Map.entry("txt", "text/plain"), Map.entry("md", "text/markdown"), Map.entry("js", "text/javascript"),
			Map.entry("mjs", "text/javascript"), Map.entry("json", "application/json"),
			Map.entry("xml", "application/xml"), Map.entry("yaml", "application/yaml"),
			Map.entry("yml", "application/yaml"), Map.entry("pdf", "application/pdf"),
			Map.entry("zip", "application/zip"), Map.entry("gz", "application/gzip"),
			Map.entry("tar", "application/x-tar"), Map.entry("wasm", "application/wasm"),
			Map.entry("doc", "application/msword"),
			Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
			Map.entry("xls", "application/vnd.ms-excel"),
			Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
			Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
			Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"),
			Map.entry("gif", "image/gif"), Map.entry("webp", "image/webp"), Map.entry("avif", "image/avif"),
			Map.entry("svg", "image/svg+xml"), Map.entry("ico", "image/x-icon"), Map.entry("bmp", "image/bmp"),
			Map.entry("tiff", "image/tiff"), Map.entry("mp3", "audio/mpeg"), Map.entry("wav", "audio/wav"),
			Map.entry("ogg", "audio/ogg"), Map.entry("mp4", "video/mp4"), Map.entry("webm", "video/webm"),
			Map.entry("mov", "video/quicktime"), Map.entry("woff", "font/woff"), Map.entry("woff2", "font/woff2"),
			Map.entry("ttf", "font/ttf"), Map.entry("otf", "font/otf"), Map.entry("ics", "text/calendar"));

	private UrlFunctions() {
	}

	@Builtin(value = "parse_query(s: text) -> [text: text]", doc = "The names and values of an address's query.",
			example = "parse_query(\"a=1&b=two%20words\")[\"b\"] // \"two words\"",
			errors = "parse_query(\"%zz\") // \"%zz\" is not part of an address")
	public static FlinMap parseQuery(String s) {
		FlinMap query = new FlinMap();
		String plain = s.startsWith("?") ? s.substring(1) : s;
		for (String pair : plain.split("&")) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				String name = (equals < 0) ? pair : pair.substring(0, equals);
				String value = (equals < 0) ? "" : pair.substring(equals + 1);
				query.put(decoded(name), decoded(value));
			}
		}
		return query;
	}

	@Builtin(value = "to_query<K, V>(m: [K: V]) -> text", doc = "As an address's query; lists repeat their name.",
			example = "to_query([\"a\": \"1\", \"b\": \"two\"]) // \"a=1&b=two\"")
	public static String toQuery(FlinMap m) {
		StringBuilder out = new StringBuilder();
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			Object value = m.valueAt(at);
			FlinList values = (value instanceof FlinList list) ? list : FlinList.of(value);
			for (Object one : values) {
				if (one != null) {
					out.append(out.isEmpty() ? "" : "&")
						.append(CodecFunctions.urlEncode(Printer.print(m.keyAt(at))))
						.append('=')
						.append(CodecFunctions.urlEncode(Printer.print(one)));
				}
			}
		}
		return out.toString();
	}

	@Builtin(value = "parse_url(s: text) -> [text: any]",
			doc = "The parts of an address: `scheme host port path query fragment`, the query as a map.",
			example = "parse_url(\"https://flin.dev:8080/a?b=c#d\")[\"port\"] // 8080",
			errors = "parse_url(\"http://[\") // \"http://[\" is not an address")
	public static FlinMap parseUrl(String s) {
		try {
			URI uri = new URI(s);
			String query = uri.getRawQuery();
			return FlinMap.of("scheme", uri.getScheme(), "host", uri.getHost(), "port",
					(uri.getPort() < 0) ? null : (Long) (long) uri.getPort(), "path", uri.getPath(), "query",
					parseQuery((query != null) ? query : ""), "fragment", uri.getFragment());
		}
		catch (URISyntaxException ex) {
			throw new FlinError(Printer.quoted(s) + " is not an address");
		}
	}

	@Builtin(value = "build_url(parts: any) -> text", doc = "The address of the parts that `parse_url` gives.",
			example = "build_url([\"host\": \"flin.dev\", \"path\": \"/a\"]) // \"https://flin.dev/a\"")
	public static String buildUrl(@Nullable Object parts) {
		FlinMap map = Convert.toMap(parts, "parts");
		StringBuilder out = new StringBuilder();
		if (map.get("host") != null) {
			Object scheme = map.get("scheme");
			out.append((scheme != null) ? Printer.print(scheme) : "https").append("://").append(map.get("host"));
			if (map.get("port") != null) {
				out.append(':').append(map.get("port"));
			}
		}
		String path = Printer.interpolate(map.get("path"));
		out.append((path.isEmpty() || path.startsWith("/") || out.isEmpty()) ? "" : "/")
			.append(CodecFunctions.encodeUri(path));
		Object query = map.get("query");
		String written = (query instanceof FlinMap names) ? toQuery(names) : Printer.interpolate(query);
		if (!written.isEmpty()) {
			out.append('?').append(written);
		}
		if (map.get("fragment") != null) {
			out.append('#').append(CodecFunctions.urlEncode(Printer.print(map.get("fragment"))));
		}
		return out.toString();
	}

	@Builtin(value = "mime_type(name: text) -> text", doc = "The media type of a file's name.",
			example = "mime_type(\"photo.png\") // \"image/png\"")
	public static String mimeType(String name) {
		String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		return TYPES.getOrDefault(extension, BINARY);
	}

	private static String decoded(String s) {
		return CodecFunctions.urlDecode(s.replace('+', ' '));
	}

}
