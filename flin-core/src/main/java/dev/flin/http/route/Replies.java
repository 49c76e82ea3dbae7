package dev.flin.http.route;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.Percent;
import dev.flin.http.Reply;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Makes replies out of what the program says.
 */
public final class Replies {

	private Replies() {
	}

	/** {@code response { status body headers cookies }}. */
	public static Reply of(FlinMap entries) {
		Object body = entries.get("body");
		Object status = entries.get("status");
		int code = (status != null) ? status(status) : Reply.ok(body).status();
		HttpFields.Builder headers = HttpFields.builder();
		try {
			headers.addAll(Responses.fields(entries.get("headers")));
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
		if (entries.get("cookies") instanceof FlinMap cookies) {
			for (FlinMap.Cursor cursor = cookies.cursor(); cursor.advance();) {
				headers.add("Set-Cookie", Cookies.format(Printer.print(cursor.key()), Printer.print(cursor.value()),
						new FlinMap(), false));
			}
		}
		return Reply.around(code, body, headers.build());
	}

	public static int status(@Nullable Object status) {
		if (status instanceof Long number && number >= 100 && number <= 599) {
			return number.intValue();
		}
		throw new FlinError(status + " is not a status code");
	}

	/** What an error says that was given no message. */
	public static String phrase(long status) {
		return switch ((int) status) {
			case 400 -> "Bad request";
			case 401 -> "Authentication required";
			case 403 -> "Forbidden";
			case 404 -> "Not found";
			case 405 -> "Method not allowed";
			case 409 -> "Conflict";
			case 410 -> "Gone";
			case 422 -> "Unprocessable content";
			case 429 -> "Too many requests";
			case 500 -> "Internal error";
			case 503 -> "Service unavailable";
			default -> "Error " + status;
		};
	}

	/** A redirect to an own path; to another place only when it is said to be external. */
	public static Reply redirect(@Nullable Object url, long status, boolean external) {
		String target = (url instanceof String text) ? text : "";
		boolean allowed = isClean(target) && (isOwn(target) || (external && isWeb(target)));
		if (!allowed) {
			return Reply.error(400, "Redirect refused");
		}
		if (status < 300 || status > 399) {
			throw new FlinError(status + " is not a status code of a redirect");
		}
		return new Reply((int) status, Reply.Form.BY_VALUE, null, HttpFields.of("Location",
				Percent.encodeAddress(target)));
	}

	/** An own path starts with exactly one slash; browsers take a backslash for one. */
	private static boolean isOwn(String target) {
		return target.startsWith("/") && !target.startsWith("//") && target.indexOf('\\') < 0;
	}

	private static boolean isWeb(String target) {
		return target.startsWith("https://") || target.startsWith("http://");
	}

	private static boolean isClean(String target) {
		return target.chars().noneMatch(Character::isISOControl);
	}

}
