package dev.flin.ir;

import java.util.List;

/**
 * A {@code middleware} block.
 *
 * @param only path patterns that it runs for; empty for all
 * @param except path patterns that it does not run for
 * @param code the code
 */
public record IrMiddleware(List<String> only, List<String> except, int code) {

	public IrMiddleware {
		only = List.copyOf(only);
		except = List.copyOf(except);
	}

}
