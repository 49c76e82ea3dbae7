package dev.flin.http.route;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpResponse;
import dev.flin.http.Reply;
import dev.flin.http.ResponseBody;
import dev.flin.http.body.BodyReader;
import dev.flin.http.delivery.Assets;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.LogText;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.value.Printer;

/**
 * Makes responses out of the values of the program.
 */
final class Responses {

	/** RFC 1123 with two digits for the day, as HTTP wants it. */
	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.ENGLISH);

	private static final Logger logger = LoggerFactory.getLogger(Responses.class);

	private static final String SET_COOKIE = "Set-Cookie";

	static final String WWW_AUTHENTICATE = "WWW-Authenticate";

	private Responses() {
	}

	/**
	 * Makes the response of a reply.
	 * @param html whether an error is shown as a page
	 */
	static HttpResponse of(Reply reply, @Nullable FlinContext context, @Nullable Exchange exchange, boolean html,
			Pages pages) {
		HttpResponse response = switch (reply.form()) {
			case BY_VALUE -> byValue(reply.status(), reply.body(), reply.headers().first("Content-Type"));
			case TEXT -> HttpResponse.of(reply.status(), HttpResponse.TEXT, Printer.print(reply.body()));
			case JSON -> json(reply.status(), reply.body());
			case HTML -> html(reply.status(), reply.body());
			case STREAM -> streamed("text/plain; charset=utf-8");
			case EVENTS -> streamed("text/event-stream");
			case ERROR -> error(reply, context, exchange, html, pages);
		};
		boolean challenged = response.status() == 401 && reply.headers().first(WWW_AUTHENTICATE) == null;
		if (reply.headers().isEmpty() && !challenged) {
			return response;
		}
		HttpFields.Builder headers = HttpFields.builder().addAll(response.headers()).setAll(reply.headers());
		if (challenged) {
			headers.set(WWW_AUTHENTICATE, challenge(exchange));
		}
		if (exchange != null && exchange.raw().secure() && reply.headers().first(SET_COOKIE) != null) {
			headers.remove(SET_COOKIE);
			reply.headers().all(SET_COOKIE).forEach((cookie) -> headers.add(SET_COOKIE, Cookies.secure(cookie)));
		}
		return response.withHeaders(headers.build());
	}

	/** How a program may say who it is; browsers ask nobody for a token, so their visitors see the page. */
	private static String challenge(@Nullable Exchange exchange) {
		String sent = (exchange != null) ? exchange.header("Authorization") : null;
		return (sent != null && sent.regionMatches(true, 0, "Bearer ", 0, 7)) ? "Bearer error=\"invalid_token\""
				: "Bearer";
	}

	/** A text is JSON too, unless the program says that it is something else, such as CSV. */
	private static HttpResponse byValue(int status, @Nullable Object body, @Nullable String contentType) {
		return switch (body) {
			case null -> HttpResponse.empty(status);
			case String text when contentType != null && !BodyReader.isJson(BodyReader.mediaType(contentType)) ->
				HttpResponse.of(status, contentType, text);
			case Html markup -> html(status, markup);
			case FileValue file -> file(status, file, true);
			default -> json(status, body);
		};
	}

	/** The body comes from the pipeline, which knows the context. */
	private static HttpResponse streamed(String contentType) {
		return HttpResponse.empty(200, "Content-Type", contentType, "Cache-Control", "no-cache, no-transform",
				"X-Accel-Buffering", "no");
	}

	private static HttpResponse json(int status, @Nullable Object body) {
		return HttpResponse.of(status, HttpResponse.JSON, JsonWriter.write(body));
	}

	private static HttpResponse html(int status, @Nullable Object body) {
		byte[] bytes = (body instanceof Html markup) ? markup.utf8()
				: Printer.print(body).getBytes(StandardCharsets.UTF_8);
		return HttpResponse.of(status, HttpResponse.HTML, bytes);
	}

	/** A file of {@code public/}. */
	static HttpResponse asset(Assets.Asset asset) {
		HttpResponse response = file(200, asset.file(), false);
		HttpFields headers = HttpFields.builder()
			.addAll(response.headers())
			.set("ETag", "\"" + asset.digest() + "\"")
			.set("Last-Modified", HTTP_DATE.format(asset.since().atZone(ZoneOffset.UTC)))
			.set("Cache-Control", asset.immutable() ? "public, max-age=31536000, immutable" : "public, no-cache")
			.build();
		return new HttpResponse(200, headers, new ResponseBody.Content(asset.file(), true));
	}

	static HttpResponse file(int status, FileValue file, boolean download) {
		HttpFields.Builder headers = HttpFields.builder();
		headers.add("Content-Type", isSafe(file.contentType()) ? file.contentType() : "application/octet-stream");
		headers.add("Content-Length", Long.toString(file.size()));
		if (download) {
			headers.add("Content-Disposition", disposition(file.name()));
		}
		return new HttpResponse(status, headers.build(), new ResponseBody.Content(file));
	}

	private static boolean isSafe(String contentType) {
		return !contentType.isEmpty() && contentType.chars().allMatch((c) -> c >= ' ' && c < 127);
	}

	private static String disposition(String name) {
		StringBuilder ascii = new StringBuilder();
		StringBuilder encoded = new StringBuilder();
		name.codePoints().forEach((c) -> ascii.append((c > 31 && c < 127 && c != '"' && c != '\\') ? (char) c : '_'));
		for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
			int c = one & 0xff;
			if (c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
				encoded.append((char) c);
			}
			else {
				encoded.append(String.format("%%%02X", c));
			}
		}
		return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
	}

	private static HttpResponse error(Reply reply, @Nullable FlinContext context, @Nullable Exchange exchange,
			boolean html, Pages pages) {
		String message = Printer.print(reply.body());
		if (html) {
			if (exchange != null) {
				exchange.fail(new Exchange.Failure(reply.status(), message));
			}
			Html page = (context != null && exchange != null) ? page(context, exchange, reply.status(), message, pages)
					: null;
			return html(reply.status(), (page != null) ? page : plainPage(reply.status(), message));
		}
		return json(reply.status(), Reply.errorBody(reply.status(), message));
	}

	/** A page that fails itself must not hide what it was to tell. */
	private static @Nullable Html page(FlinContext context, Exchange exchange, int status, String message,
			Pages pages) {
		try {
			return pages.error(context, exchange, status, message);
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("The page for status {} of {} failed", status, LogText.of(exchange.path()), ex);
			return null;
		}
	}

	private static Html plainPage(int status, String message) {
		String text = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
		return Html.of("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
				+ "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + status
				+ "</title></head><body><h1>" + status + "</h1><p>" + text + "</p></body></html>\n");
	}

	/** Header fields as a map of the program: a list where a field is there more than once. */
	static void put(FlinMap map, HttpFields fields) {
		fields.forEach((name, first) -> {
			List<String> values = fields.all(name);
			map.put(name, (values.size() == 1) ? first : FlinList.of(values.toArray()));
		});
	}

	/** Header fields of a map of the program; a list sends a field more than once. */
	static HttpFields fields(@Nullable Object map) {
		HttpFields.Builder headers = HttpFields.builder();
		if (map instanceof FlinMap values) {
			List<Object> keys = new ArrayList<>(values.keySet());
			for (Object key : keys) {
				Object value = values.get(key);
				String name = Printer.print(key);
				if (value instanceof FlinList list) {
					headers.remove(name);
					list.forEach((each) -> headers.add(name, Printer.print(each)));
				}
				else if (value != null) {
					headers.set(name, Printer.print(value));
				}
			}
		}
		return headers.build();
	}

}
