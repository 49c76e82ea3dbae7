package dev.flin.http;

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

	private static boolean matches(String pattern, String path) {
		int star = pattern.indexOf('*');
		if (star < 0) {
			return pattern.equals(path);
		}
		String head = pattern.substring(0, star);
		if (!path.startsWith(head)) {
			return false;
		}
		String rest = pattern.substring(star + 1);
		for (int from = head.length(); from <= path.length(); from++) {
			if (matches(rest, path.substring(from))) {
				return true;
			}
		}
		return false;
	}

}
