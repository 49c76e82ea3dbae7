package dev.flin.http.route;

import java.util.List;

/**
 * One {@code middleware { }} of a {@code _middleware.flin}.
 *
 * @param directory the directory below {@code app/} that it stands for, such as {@code admin}; empty for the root
 * @param only paths that it runs for, {@code *} matching any text; empty for all
 * @param except paths that it does not run for
 * @param handler the code; {@link Exchange#next()} goes on
 */
public record MiddlewareSpec(String directory, List<String> only, List<String> except, RouteHandler handler) {

	public MiddlewareSpec {
		only = List.copyOf(only);
		except = List.copyOf(except);
	}

	/** Whether it runs for a decoded path. */
	public boolean appliesTo(String path) {
		if (!this.directory.isEmpty() && !path.equals("/" + this.directory)
				&& !path.startsWith("/" + this.directory + "/")) {
			return false;
		}
		return (this.only.isEmpty() || this.only.stream().anyMatch((pattern) -> matches(pattern, path)))
				&& this.except.stream().noneMatch((pattern) -> matches(pattern, path));
	}

	/**
	 * Each part between two stars is taken where it occurs first: if the rest fits behind a later place, it does behind
	 * this one. So a path cannot make it try all places.
	 */
	private static boolean matches(String pattern, String path) {
		int star = pattern.indexOf('*');
		if (star < 0) {
			return pattern.equals(path);
		}
		int last = pattern.lastIndexOf('*');
		String tail = pattern.substring(last + 1);
		int end = path.length() - tail.length();
		if (end < star || !path.startsWith(pattern.substring(0, star)) || !path.endsWith(tail)) {
			return false;
		}
		int at = star;
		for (String part : pattern.substring(star, last + 1).split("\\*")) {
			int found = path.indexOf(part, at);
			if (found < 0 || found + part.length() > end) {
				return false;
			}
			at = found + part.length();
		}
		return true;
	}

}
