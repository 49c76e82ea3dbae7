package dev.flin.autoconfigure.reactive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * The paths of functional routes, as far as they are declared as such: what code decides is not known before there is a
 * request.
 */
final class FunctionalPaths implements RouterFunctions.Visitor {

	/** A route: its methods, none for all of them. */
	record Path(PathPattern pattern, Set<String> methods) {

		boolean takes(String method, PathContainer path) {
			return (this.methods.isEmpty() || this.methods.contains(method)) && this.pattern.matches(path);
		}

	}

	private final List<Path> found = new ArrayList<>();

	private final Deque<Declared> outer = new ArrayDeque<>();

	static List<Path> of(RouterFunction<?> function) {
		FunctionalPaths paths = new FunctionalPaths();
		function.accept(paths);
		return paths.found;
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		this.outer.addLast(Declared.of(predicate));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.outer.removeLast();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
		Declared own = Declared.of(predicate);
		List<String> patterns = List.of("");
		Set<String> methods = new HashSet<>(own.methods);
		for (Declared each : this.outer) {
			patterns = joined(patterns, each.paths);
			methods.addAll(each.methods);
		}
		if (!own.paths.isEmpty()) {
			for (String pattern : joined(patterns, own.paths)) {
				this.found.add(new Path(PathPatternParser.defaultInstance.parse(pattern), methods));
			}
		}
	}

	private static List<String> joined(List<String> first, List<String> second) {
		return second.isEmpty() ? first
				: first.stream().flatMap((left) -> second.stream().map((right) -> left + right)).toList();
	}

	@Override
	public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
		// Decides by each request.
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		// Of no meaning here.
	}

	@Override
	public void unknown(RouterFunction<?> function) {
		// Decides by each request.
	}

	/** What one predicate demands of path and method. */
	private static final class Declared implements RequestPredicates.Visitor {

		private final List<String> paths = new ArrayList<>();

		private final Set<String> methods = new HashSet<>();

		private int negated;

		static Declared of(RequestPredicate predicate) {
			Declared declared = new Declared();
			predicate.accept(declared);
			return declared;
		}

		@Override
		public void method(Set<HttpMethod> given) {
			if (this.negated == 0) {
				given.forEach((each) -> this.methods.add(each.name()));
			}
		}

		@Override
		public void path(String pattern) {
			if (this.negated == 0) {
				this.paths.add(pattern);
			}
		}

		@Override
		public void startNegate() {
			this.negated++;
		}

		@Override
		public void endNegate() {
			this.negated--;
		}

		@Override
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
			// Narrows the route, as all that follows.
		}

		@Override
		public void header(String name, String value) {
		}

		@Override
		public void queryParam(String name, String value) {
		}

		@Override
		public void version(String version) {
		}

		@Override
		public void startAnd() {
		}

		@Override
		public void and() {
		}

		@Override
		public void endAnd() {
		}

		@Override
		public void startOr() {
		}

		@Override
		public void or() {
		}

		@Override
		public void endOr() {
		}

		@Override
		public void unknown(RequestPredicate predicate) {
		}

	}

}
