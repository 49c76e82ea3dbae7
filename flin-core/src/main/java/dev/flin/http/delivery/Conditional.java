package dev.flin.http.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/**
 * Answers of which the client has the content already.
 */
public final class Conditional {

	private Conditional() {
	}

	/** Gives an answer that was made for this request a validator, so that the next time it need not be sent. */
	public static HttpResponse tagged(HttpRequest request, HttpResponse response) {
		if (!isRead(request) || response.status() != 200 || response.headers().first("ETag") != null
				|| !(response.body() instanceof ResponseBody.Bytes bytes) || bytes.length() == 0) {
			return response;
		}
		String cache = response.headers().first("Cache-Control");
		if (cache != null && cache.contains("no-store")) {
			return response;
		}
		String type = response.headers().first("Content-Type");
		String tag = "W/\"" + WeakTag.of(bytes.array(), bytes.length(), (type != null) ? type : "") + "\"";
		HttpFields.Builder headers = response.headers().toBuilder().addClean("ETag", tag);
		if (cache == null) {
			headers.addClean("Cache-Control", "no-cache");
		}
		return response.withHeaders(headers.build());
	}

	/** 304 when the client has what would be sent. */
	public static HttpResponse apply(HttpRequest request, HttpResponse response) {
		if (!isRead(request) || response.status() != 200 || !isKnown(request.headers(), response.headers())) {
			return response;
		}
		HttpFields.Builder headers = HttpFields.builder();
		response.headers().forEach((name, value) -> {
			if (!name.regionMatches(true, 0, "Content-", 0, "Content-".length())
					|| name.equalsIgnoreCase("Content-Security-Policy")) {
				headers.add(name, value);
			}
		});
		return new HttpResponse(304, headers.build(), ResponseBody.EMPTY);
	}

	public static boolean isRead(HttpRequest request) {
		return request.method().equals("GET") || request.method().equals("HEAD");
	}

	private static boolean isKnown(HttpFields request, HttpFields response) {
		if (request.first("If-None-Match") == null && request.first("If-Modified-Since") == null) {
			return false;
		}
		String tag = response.first("ETag");
		String wanted = String.join(",", request.all("If-None-Match"));
		if (!wanted.isEmpty()) {
			return tag != null && (wanted.strip().equals("*") || lists(wanted, weak(tag)));
		}
		Instant modified = date(response.first("Last-Modified"));
		Instant since = date(request.first("If-Modified-Since"));
		return modified != null && since != null && !modified.isAfter(since);
	}

	private static boolean lists(String tags, String tag) {
		for (String each : tags.split(",")) {
			if (weak(each.strip()).equals(tag)) {
				return true;
			}
		}
		return false;
	}

	private static String weak(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

	/** Whether a condition for ranges holds: without it a changed file would be put together of two. */
	static boolean allowsRange(HttpFields request, HttpFields response) {
		String condition = request.first("If-Range");
		if (condition == null) {
			return true;
		}
		if (condition.startsWith("\"")) {
			return condition.equals(response.first("ETag"));
		}
		Instant date = date(condition);
		return date != null && date.equals(date(response.first("Last-Modified")));
	}

	private static @Nullable Instant date(@Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
