package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;

/**
 * Names that only code in a browser may use. The checker refuses them elsewhere; what is left for the run is a message.
 */
public final class BrowserFunctions {

	private BrowserFunctions() {
	}

	@Builtin(value = "window: any", browserOnly = true, doc = "The window of the browser.")
	public static Object window() {
		throw onlyInBrowser("window");
	}

	@Builtin(value = "document: any", browserOnly = true, doc = "The document of the browser.")
	public static Object document() {
		throw onlyInBrowser("document");
	}

	@Builtin(value = "localStorage: any", aliases = "local_storage", browserOnly = true,
			doc = "The storage of the browser.")
	public static Object localStorage() {
		throw onlyInBrowser("localStorage");
	}

	@Builtin(value = "sessionStorage: any", aliases = "session_storage", browserOnly = true,
			doc = "The storage of the browser's tab.")
	public static Object sessionStorage() {
		throw onlyInBrowser("sessionStorage");
	}

	@Builtin(value = "navigator: any", browserOnly = true, doc = "The browser itself.")
	public static Object navigator() {
		throw onlyInBrowser("navigator");
	}

	@Builtin(value = "location: any", browserOnly = true, doc = "The address of the page.")
	public static Object location() {
		throw onlyInBrowser("location");
	}

	@Builtin(value = "alert(message: any) -> none", browserOnly = true, doc = "Shows a message.")
	public static @Nullable Object alert(@Nullable Object message) {
		throw onlyInBrowser("alert");
	}

	@Builtin(value = "confirm(message: any) -> bool", browserOnly = true, doc = "Asks yes or no.")
	public static boolean confirm(@Nullable Object message) {
		throw onlyInBrowser("confirm");
	}

	@Builtin(value = "set_timeout(f: () -> any, millis: number = 0) -> int", aliases = "setTimeout", browserOnly = true,
			doc = "Calls a function later.")
	public static long setTimeout(FlinFunction f, double millis) {
		throw onlyInBrowser("set_timeout");
	}

	@Builtin(value = "clear_timeout(id: int) -> none", aliases = "clearTimeout", browserOnly = true,
			doc = "Takes a later call back.")
	public static @Nullable Object clearTimeout(long id) {
		throw onlyInBrowser("clear_timeout");
	}

	@Builtin(value = "set_interval(f: () -> any, millis: number) -> int", aliases = "setInterval", browserOnly = true,
			doc = "Calls a function again and again.")
	public static long setInterval(FlinFunction f, double millis) {
		throw onlyInBrowser("set_interval");
	}

	@Builtin(value = "clear_interval(id: int) -> none", aliases = "clearInterval", browserOnly = true,
			doc = "Ends repeated calls.")
	public static @Nullable Object clearInterval(long id) {
		throw onlyInBrowser("clear_interval");
	}

	private static FlinError onlyInBrowser(String name) {
		return new FlinError("'" + name + "' exists only in code that runs in a browser");
	}

}
