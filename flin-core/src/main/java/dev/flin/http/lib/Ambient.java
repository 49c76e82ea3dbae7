package dev.flin.http.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Reply;
import dev.flin.http.live.SocketRun;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.Replies;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * The names that pages, routes, guards and middleware see without declaring them. Generated code calls the method of a
 * name wherever the program says the name.
 */
public final class Ambient {

	private Ambient() {
	}

	public static FlinMap params(FlinContext context) {
		return Exchange.of(context, "params").params();
	}

	public static FlinMap query(FlinContext context) {
		return Exchange.of(context, "query").query();
	}

	public static @Nullable Object body(FlinContext context) {
		return Exchange.of(context, "body").body();
	}

	public static FlinMap headers(FlinContext context) {
		return Exchange.of(context, "headers").headers();
	}

	/** {@code headers[name]}: names of header fields have no case. */
	public static @Nullable Object header(FlinContext context, @Nullable Object name) {
		return (name instanceof String text) ? Exchange.of(context, "headers").header(text) : null;
	}

	public static FlinMap cookies(FlinContext context) {
		return Exchange.of(context, "cookies").cookies();
	}

	public static FlinMap session(FlinContext context) {
		return Exchange.of(context, "session").session();
	}

	public static FlinMap request(FlinContext context) {
		return Exchange.of(context, "request").request();
	}

	public static FlinMap response(FlinContext context) {
		return Exchange.of(context, "response").response();
	}

	public static FlinMap flash(FlinContext context) {
		return Exchange.of(context, "flash").flash();
	}

	/** Empty where there is no request: a component that is rendered on its own has no errors. */
	public static FlinMap errors(FlinContext context) {
		Exchange exchange = context.service(Exchange.class);
		return (exchange != null) ? exchange.errors() : new FlinMap();
	}

	/** The status that an error page is shown for. */
	public static long status(FlinContext context) {
		return Exchange.of(context, "status").failure().status();
	}

	/** What an error page may say. */
	public static String message(FlinContext context) {
		return Exchange.of(context, "message").failure().message();
	}

	/** The path that an error page is shown for. */
	public static String path(FlinContext context) {
		return Exchange.of(context, "path").path();
	}

	/** The message of a socket, or the code that it was closed with. */
	public static @Nullable Object message0(FlinContext context) {
		return context.require(SocketRun.class, "this").first();
	}

	/** The reason that a socket was closed for. */
	public static @Nullable Object message1(FlinContext context) {
		return context.require(SocketRun.class, "this").second();
	}

	/** {@code next} of middleware. */
	public static FlinFunction next(FlinContext context) {
		return Exchange.of(context, "next").next();
	}

	/** {@code cookies.set(name, value, days: n, …)}. */
	public static void setCookie(FlinContext context, String name, @Nullable Object value, FlinMap options) {
		Exchange.of(context, "cookies").setCookie(name, Printer.interpolate(value), options);
	}

	/** {@code cookies.delete(name)}. */
	public static void deleteCookie(FlinContext context, String name) {
		Exchange exchange = Exchange.of(context, "cookies");
		exchange.setCookie(name, "", FlinMap.of("days", 0L));
		exchange.cookies().remove(name);
	}

	/** {@code response { … }}. */
	public static Reply reply(FlinMap entries) {
		return Replies.of(entries);
	}

}
