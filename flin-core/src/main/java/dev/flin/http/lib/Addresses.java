package dev.flin.http.lib;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Percent;
import dev.flin.http.route.RoutePath;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Paths of the application, made from patterns and values.
 */
final class Addresses {

	private Addresses() {
	}

	/**
	 * Fills a pattern in; what it does not name becomes the query.
	 * @param values a map, a record, or the value of the only parameter
	 */
	static String of(String pattern, @Nullable Object values) {
		RoutePath path;
		try {
			path = RoutePath.of(pattern);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
		StringBuilder out = new StringBuilder();
		Set<String> used = new HashSet<>();
		for (RoutePath.Segment segment : path.segments()) {
			switch (segment) {
				case RoutePath.Literal literal -> out.append('/').append(Percent.encodePath(literal.text()));
				case RoutePath.Parameter parameter -> {
					used.add(parameter.name());
					String text = text(values, parameter.name(), pattern);
					if (text.isEmpty()) {
						throw new FlinError("'" + parameter.name() + "' is empty in " + pattern);
					}
					out.append('/').append(encoded(text));
				}
				case RoutePath.Rest rest -> {
					used.add(rest.name());
					Object value = (values instanceof FlinMap map) ? map.get(rest.name()) : values;
					String text = (value != null) ? Printer.print(value) : "";
					if (text.isEmpty() && !rest.optional()) {
						throw new FlinError("'" + rest.name() + "' is missing for " + pattern);
					}
					out.append(text.isEmpty() ? "" : "/" + Percent.encodePath(text));
				}
			}
		}
		return (out.isEmpty() ? "/" : out.toString()) + query(values, used);
	}

	private static String text(@Nullable Object values, String name, String pattern) {
		Object value = switch (values) {
			case FlinMap map -> map.get(name);
			case EntityInstance entity -> name.equals("id") ? (Object) entity.id() : field(entity, name);
			case null, default -> values;
		};
		if (value == null) {
			throw new FlinError("'" + name + "' is missing for " + pattern);
		}
		return Printer.print(value);
	}

	private static @Nullable Object field(EntityInstance entity, String name) {
		int slot = entity.shape().slotOf(name);
		return (slot >= 0) ? entity.get(slot) : null;
	}

	private static String query(@Nullable Object values, Set<String> used) {
		StringBuilder out = new StringBuilder();
		if (values instanceof FlinMap map) {
			for (FlinMap.Cursor cursor = map.cursor(); cursor.advance();) {
				String key = Printer.print(cursor.key());
				if (!used.contains(key)) {
					append(out, key, cursor.value());
				}
			}
		}
		return out.toString();
	}

	private static void append(StringBuilder out, String key, @Nullable Object value) {
		if (value instanceof FlinList list) {
			list.forEach((element) -> append(out, key, element));
		}
		else if (value != null) {
			out.append(out.isEmpty() ? '?' : '&').append(encoded(key)).append('=')
					.append(encoded(Printer.print(value)));
		}
	}

	private static String encoded(String text) {
		return Percent.encodePath(text).replace("/", "%2F");
	}

}
