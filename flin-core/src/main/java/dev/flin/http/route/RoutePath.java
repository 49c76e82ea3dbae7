package dev.flin.http.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The pattern of a route's path: literal segments, parameters, and at most one catch-all at the end. Immutable.
 */
public final class RoutePath {

	/** One segment of a pattern. */
	public sealed interface Segment {

	}

	/** Matches exactly this text. */
	public record Literal(String text) implements Segment {
	}

	/** {@code [id]} or {@code {id}}: matches one segment. */
	public record Parameter(String name) implements Segment {
	}

	/** {@code [...path]}: matches all that follows; when optional, nothing too. */
	public record Rest(String name, boolean optional) implements Segment {
	}

	private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

	private static final String SUFFIX = ".flin";

	private final List<Segment> segments;

	private final List<String> names;

	private RoutePath(List<Segment> segments) {
		this.segments = List.copyOf(segments);
		this.names = names(segments);
	}

	/**
	 * The path of a file below {@code app/}, or null when the file never is a route because its name, or that of a
	 * directory that it lies in, starts with an underscore.
	 * @param file the path below {@code app/}, such as {@code blog/[slug].flin}
	 */
	public static @Nullable RoutePath ofFile(String file) {
		if (file.startsWith("_") || file.contains("/_") || !file.endsWith(SUFFIX)) {
			return null;
		}
		String bare = file.substring(0, file.length() - SUFFIX.length());
		if (bare.equals("index")) {
			return of("/");
		}
		return of("/" + (bare.endsWith("/index") ? bare.substring(0, bare.length() - "/index".length()) : bare));
	}

	/**
	 * The path of a pattern such as {@code /users/[id]} or <code>/users/{id}</code>.
	 * @throws IllegalArgumentException when it does not start with a slash, has a catch-all that is not its end, or a
	 * parameter without a name or with that of another
	 */
	public static RoutePath of(String pattern) {
		if (!pattern.startsWith("/")) {
			throw new IllegalArgumentException("a path starts with '/', this one does not: " + pattern);
		}
		List<Segment> segments = new ArrayList<>();
		for (String part : pattern.split("/")) {
			if (part.isEmpty()) {
				continue;
			}
			if (!segments.isEmpty() && segments.getLast() instanceof Rest) {
				throw new IllegalArgumentException("nothing may follow a catch-all: " + pattern);
			}
			segments.add(segment(part));
		}
		RoutePath path = new RoutePath(segments);
		List<String> names = path.names();
		if (new HashSet<>(names).size() < names.size()) {
			throw new IllegalArgumentException("two parameters have one name: " + pattern);
		}
		return path;
	}

	private static Segment segment(String part) {
		if (part.startsWith("[[...") && part.endsWith("]]")) {
			return new Rest(name(part.substring(5, part.length() - 2), part), true);
		}
		if (part.startsWith("[...") && part.endsWith("]")) {
			return new Rest(name(part.substring(4, part.length() - 1), part), false);
		}
		if (part.startsWith("{...") && part.endsWith("}")) {
			return new Rest(name(part.substring(4, part.length() - 1), part), false);
		}
		if ((part.startsWith("[") && part.endsWith("]")) || (part.startsWith("{") && part.endsWith("}"))) {
			return new Parameter(name(part.substring(1, part.length() - 1), part));
		}
		if (part.chars().anyMatch((c) -> "[]{}?#".indexOf(c) >= 0)) {
			throw new IllegalArgumentException("a parameter is a whole segment in brackets, not '" + part + "'");
		}
		return new Literal(part);
	}

	private static String name(String name, String part) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'" + part + "' does not name a parameter");
		}
		return name;
	}

	public List<Segment> segments() {
		return this.segments;
	}

	/** The names of parameters and catch-all in their order. */
	public List<String> names() {
		return this.names;
	}

	private static List<String> names(List<Segment> segments) {
		List<String> names = new ArrayList<>();
		for (Segment segment : segments) {
			switch (segment) {
				case Literal literal -> {
				}
				case Parameter parameter -> names.add(parameter.name());
				case Rest rest -> names.add(rest.name());
			}
		}
		return List.copyOf(names);
	}

	/** The pattern with braces, as Spring and OpenAPI write it; two patterns that match alike may differ in names. */
	@Override
	public String toString() {
		if (this.segments.isEmpty()) {
			return "/";
		}
		StringBuilder out = new StringBuilder();
		for (Segment segment : this.segments) {
			out.append('/');
			switch (segment) {
				case Literal literal -> out.append(literal.text());
				case Parameter parameter -> out.append('{').append(parameter.name()).append('}');
				case Rest rest -> out.append("{*").append(rest.name()).append('}');
			}
		}
		return out.toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RoutePath path && this.segments.equals(path.segments);
	}

	@Override
	public int hashCode() {
		return this.segments.hashCode();
	}

}
