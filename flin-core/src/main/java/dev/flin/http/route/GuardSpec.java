package dev.flin.http.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;

/**
 * One line {@code guard …}: rules of which all must hold.
 */
public sealed interface GuardSpec {

	/**
	 * A rule of the language, such as {@code role("admin")}.
	 *
	 * @param name the name of the rule
	 * @param line where it is written: the same for all routes of the file, on every server, and after a restart
	 * @param arguments evaluated anew for each request
	 */
	record Rule(String name, String line, Arguments arguments) implements GuardSpec {
	}

	/** {@code any(…)}: one of them must hold; otherwise the last one's answer is given. */
	record Any(List<GuardSpec> rules) implements GuardSpec {

		public Any {
			rules = List.copyOf(rules);
		}

	}

	/** {@code not(…)}. */
	record Not(GuardSpec rule) implements GuardSpec {
	}

	/**
	 * A rule of the program ({@code guard_definition}): false or a response refuses.
	 *
	 * @param name the name in the program
	 * @param code the code with its arguments already bound
	 */
	record Own(String name, RouteHandler code) implements GuardSpec {
	}

	/** The arguments of a rule for one request; by name those that were written so. */
	@FunctionalInterface
	interface Arguments {

		Arguments NONE = (context, exchange) -> new @Nullable Object[0];

		/**
		 * Evaluates the arguments. The key of a rate limit given as an expression ({@code by: e}) is a
		 * {@link FlinFunction} or a value.
		 */
		@Nullable Object[] evaluate(FlinContext context, Exchange exchange);

	}

}
