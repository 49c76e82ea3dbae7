package dev.flin.http.lib;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.Reply;
import dev.flin.http.live.Emitter;
import dev.flin.http.live.Streams;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.Links;
import dev.flin.http.route.Replies;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * The built-ins of routes.
 */
public final class WebLibrary {

	private WebLibrary() {
	}

	@Builtin(value = "error(status: int, message: text = \"\") -> any", serverOnly = true,
			doc = "Answers with an error: JSON for APIs, the error page for pages.")
	public static Object error(long status, String message) {
		return Reply.error(Replies.status(status), message.isEmpty() ? Replies.phrase(status) : message);
	}

	@Builtin(value = "redirect(url: any, status: int = 302, external: bool = false) -> any", serverOnly = true,
			doc = "Sends the client to another path of this application, or elsewhere when `external` is true.")
	public static Object redirect(@Nullable Object url, long status, boolean external) {
		return Replies.redirect(url, status, external);
	}

	@Builtin(value = "text(value: any, status: int = 200) -> any", serverOnly = true,
			doc = "Answers with plain text.")
	public static Object text(@Nullable Object value, long status) {
		return new Reply(Replies.status(status), Reply.Form.TEXT, value, HttpFields.EMPTY);
	}

	@Builtin(value = "json(value: any, status: int = 200) -> any", serverOnly = true,
			doc = "Answers with JSON, whatever the value is.")
	public static Object json(@Nullable Object value, long status) {
		return new Reply(Replies.status(status), Reply.Form.JSON, value, HttpFields.EMPTY);
	}

	@Builtin(value = "html(value: any, status: int = 200) -> any", serverOnly = true,
			doc = "Answers with markup that is sent as it is: the value is trusted.")
	public static Object html(@Nullable Object value, long status) {
		return new Reply(Replies.status(status), Reply.Form.HTML, value, HttpFields.EMPTY);
	}

	@Builtin(value = "created(body: any = none) -> any", serverOnly = true,
			doc = "Answers with status 201 and a body; also `response.created(x)`.")
	public static Object created(@Nullable Object body) {
		return Reply.around(201, body, HttpFields.EMPTY);
	}

	@Builtin(value = "no_content() -> any", serverOnly = true,
			doc = "Answers with status 204 and no body; also `response.no_content()`.")
	public static Object noContent() {
		return new Reply(204, Reply.Form.BY_VALUE, null, HttpFields.EMPTY);
	}

	@Builtin(value = "emit(value: any, event: text? = none, id: text? = none) -> none", serverOnly = true,
			doc = "Sends a value from a `stream` or `sse` block: a text as it is, another value as JSON.")
	public static @Nullable Object emit(FlinContext context, @Nullable Object value, @Nullable String event,
			@Nullable String id) {
		context.require(Emitter.class, "'emit'").emit(value, event, id);
		return null;
	}

	@Builtin(value = "sse(source: any) -> any", serverOnly = true,
			doc = "Answers with server-sent events: those of a `stream` block, or one for each element of a list.")
	public static Object sse(@Nullable Object source) {
		return Streams.events(source);
	}

	@Builtin(value = "asset_url(path: text) -> text", serverOnly = true,
			doc = "The address of a file of `public/` under a name that changes with its content, so that browsers may "
					+ "keep it for ever.")
	public static String assetUrl(FlinContext context, String path) {
		return base(context) + context.require(Links.class, "'asset_url'").asset(path);
	}

	@Builtin(value = "url_for(path: text, values: any = none) -> text", serverOnly = true,
			doc = "The address of a path with parameters: `url_for(\"/users/[id]\", { id: 7, tab: \"posts\" })` is "
					+ "`/users/7?tab=posts`. The values may be a record too, or the value of the only parameter.")
	public static String urlFor(FlinContext context, String path, @Nullable Object values) {
		return base(context) + Addresses.of(path, values);
	}

	@Builtin(value = "signed_url(target: text | file, lifetime: duration? = none) -> text", serverOnly = true,
			doc = "An address that is good until its time is over; after an hour when none is given. Of a path: what "
					+ "`guard signed` lets pass. Of a file that `save_file` has kept: where it is given out, by a "
					+ "bucket itself.")
	public static String signedUrl(FlinContext context, @Nullable Object target, @Nullable Duration lifetime) {
		Duration time = (lifetime != null) ? lifetime : Duration.ofHours(1);
		if (target instanceof FileValue file) {
			return FileLibrary.signedUrl(context, file, time);
		}
		String base = base(context);
		String path = Printer.print(target);
		String own = (!base.isEmpty() && path.startsWith(base + "/")) ? path.substring(base.length()) : path;
		return base + context.require(Links.class, "'signed_url'").sign(own, context.now(), time);
	}

	/** The path that clients have to put before those of the application: for them the host has it there. */
	private static String base(FlinContext context) {
		Exchange exchange = context.service(Exchange.class);
		Links links = context.service(Links.class);
		return (exchange != null) ? exchange.raw().base() : (links != null) ? links.base() : "";
	}

	@Builtin(value = "csrf_token() -> text?", serverOnly = true,
			doc = "The token that a form has to send as `_csrf`; none while there is nothing to protect. Forms with "
					+ "`method=\"post\"` have it by themselves.")
	public static @Nullable String csrfToken(FlinContext context) {
		return Exchange.of(context, "csrf_token").formToken();
	}

	@Builtin(value = "set_header(name: text, value: text) -> none", serverOnly = true,
			doc = "Sets a header field of the answer.")
	public static @Nullable Object setHeader(FlinContext context, String name, String value) {
		try {
			Exchange.of(context, "set_header").addHeader(name, value);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
		return null;
	}

	@Builtin(value = "set_cookie(name: text, value: text, days: number? = none) -> none", serverOnly = true,
			doc = "Sets a cookie, for this visit or for a number of days.")
	public static @Nullable Object setCookie(FlinContext context, String name, String value, @Nullable Double days) {
		FlinMap options = new FlinMap();
		options.put("days", days);
		Exchange.of(context, "set_cookie").setCookie(name, value, options);
		return null;
	}

}
