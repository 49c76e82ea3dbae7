package dev.flin.http.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinMap;

/**
 * What a route of the host says about itself, for documents about it: such a route has no {@code validate}.
 *
 * @param parameters those of its path that are no texts, and those of its query
 * @param body the JSON Schema of its body, or null when it takes none
 * @param bodyRequired whether it must have one
 * @param answer the JSON Schema of its answer, with {@code contentMediaType} for a file; null when it has none
 */
public record RouteDescription(List<Parameter> parameters, @Nullable FlinMap body, boolean bodyRequired,
		@Nullable FlinMap answer) {

	public RouteDescription {
		parameters = List.copyOf(parameters);
	}

	/**
	 * A parameter.
	 *
	 * @param name its name
	 * @param path whether it is a part of the path, not of the query
	 * @param required whether it must be there
	 * @param schema its JSON Schema
	 */
	public record Parameter(String name, boolean path, boolean required, FlinMap schema) {
	}

}
