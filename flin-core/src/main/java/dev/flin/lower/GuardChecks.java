package dev.flin.lower;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Children;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;

/** Finds guards that would refuse everybody, or let everybody pass, whatever a request is. */
final class GuardChecks {

	/** How few and how many arguments a rule takes. */
	private record Count(int min, int max) {
	}

	private static final Map<String, Count> COUNTS = Map.of("auth", new Count(0, 0), "csrf", new Count(0, 0),
			"api_key", new Count(0, 0), "signed", new Count(0, 0), "owner", new Count(1, 1), "rate_limit",
			new Count(1, 3), "time", new Count(1, 3), "role", new Count(1, Integer.MAX_VALUE), "ip_whitelist",
			new Count(1, Integer.MAX_VALUE), "method", new Count(1, Integer.MAX_VALUE));

	private static final Set<String> DAYS = Set.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY",
			"SATURDAY", "SUNDAY");

	private final WebLowering web;

	GuardChecks(WebLowering web) {
		this.web = web;
	}

	/** Checks how many guards stand in one that is made of others. */
	void composed(String name, int count, Expr rule) {
		boolean good = name.equals("any") ? count > 0 : count == 1;
		if (!good) {
			report(Code.E0203, rule, "the guard '" + name + "' takes " + (name.equals("any") ? "at least one guard"
					: "one guard") + ", not " + count, name.equals("not") ? "write 'not(any(…))', or a line for each"
							: "");
		}
	}

	/** Checks what is constant in the arguments of a rule of the language. */
	void known(String name, List<Part.Arg> args, Expr rule, List<String> names) {
		Count count = COUNTS.getOrDefault(name, new Count(0, Integer.MAX_VALUE));
		if (args.size() < count.min() || args.size() > count.max()) {
			report(Code.E0203, rule, "the guard '" + name + "' takes " + ((count.max() == 0) ? "no arguments"
					: (args.size() < count.min()) ? "at least one argument" : "at most " + count.max() + " arguments")
					+ ", not " + args.size(), "");
			return;
		}
		for (int i = 0; i < args.size(); i++) {
			Part.Arg arg = args.get(i);
			if (arg.name() != null && !names.contains(arg.name())) {
				report(Code.E0106, arg, "the guard '" + name + "' takes no argument '" + arg.name() + "'", "");
			}
			else {
				argument(name, (arg.name() != null) ? names.indexOf(arg.name()) : i, arg.value());
			}
		}
	}

	private void argument(String name, int place, Expr value) {
		switch (name) {
			case "rate_limit" -> {
				if (place < 2 && (value instanceof Expr.Text || value instanceof Expr.Bool)) {
					report(Code.E0201, value, "the guard 'rate_limit' takes how many requests in how many seconds",
							"write 'guard rate_limit(10, 60)'");
				}
			}
			case "ip_whitelist" -> texts(value, GuardChecks::isNetwork,
					" is neither an address nor a network such as 10.0.0.0/8");
			case "method" -> texts(value, WebLowering.METHODS::contains, " is not a method");
			case "time" -> time(place, value);
			default -> {
			}
		}
	}

	private void time(int place, Expr value) {
		switch (place) {
			case 0 -> texts(value, GuardChecks::isHours, " are no hours such as 09:00-18:00");
			case 1 -> texts(value, GuardChecks::isZone, " is not a time zone such as Africa/Abidjan");
			default -> texts(value, GuardChecks::isDays, " are no days such as MON-FRI");
		}
	}

	private void texts(Expr value, Predicate<String> good, String what) {
		if (value instanceof Expr.ListOf list) {
			list.elements().forEach((element) -> texts(element.value(), good, what));
			return;
		}
		String text = (value instanceof Expr.Text) ? ExprLowering.constantText(value) : null;
		if (text != null && !good.test(text)) {
			report(Code.E0508, value, "'" + text + "'" + what, "");
		}
	}

	private static boolean isNetwork(String text) {
		int slash = text.indexOf('/');
		String address = (slash < 0) ? text : text.substring(0, slash);
		String bits = (slash < 0) ? "0" : text.substring(slash + 1);
		boolean four = address.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
		boolean six = address.indexOf(':') >= 0 && address.matches("[0-9a-fA-F:.]+");
		return (four || six) && bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= (four ? 32 : 128);
	}

	/** Hours that end when they begin would never be open. */
	private static boolean isHours(String text) {
		int dash = text.indexOf('-');
		if (dash <= 0) {
			return false;
		}
		String from = text.substring(0, dash).strip();
		String to = text.substring(dash + 1).strip();
		return isTime(from) && (to.equals("24:00") || isTime(to) && !LocalTime.parse(from).equals(LocalTime.parse(to)));
	}

	private static boolean isTime(String text) {
		try {
			LocalTime.parse(text);
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static boolean isZone(String text) {
		try {
			ZoneId.of(text);
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static boolean isDays(String text) {
		for (String day : text.toUpperCase(Locale.ROOT).split("[,-]")) {
			String bare = day.strip();
			if (bare.length() < 2 || DAYS.stream().noneMatch((known) -> known.startsWith(bare))) {
				return false;
			}
		}
		return true;
	}

	/** Guards run before the code of their route: it has given its variables no values yet. */
	void variables(List<Part.Arg> args, Frame frame) {
		if (frame.kind() != Frame.Kind.FILE) {
			args.forEach((arg) -> variables(arg.value(), frame));
		}
	}

	private void variables(Node node, Frame frame) {
		Symbol symbol = this.web.symbol(node);
		if (node instanceof Expr.Name name && symbol instanceof Symbol.Variable variable && variable.frame() == frame
				&& variable.kind() == Symbol.Variable.Kind.LOCAL) {
			report(Code.E0508, node, "guards run before the code of the route: '" + name.name() + "' has no value yet",
					"write the value into the guard, as in 'guard owner(Note.find(params.id))', or answer with "
							+ "error(403, \"…\") after the variable is set");
		}
		Children.each(node, (child) -> variables(child, frame));
	}

	private void report(Code code, Node node, String message, @Nullable String help) {
		Diagnostic diagnostic = Diagnostic.of(code, this.web.file(), node.span(), message);
		this.web.report((help == null || help.isEmpty()) ? diagnostic : diagnostic.withHelp(help));
	}

}
