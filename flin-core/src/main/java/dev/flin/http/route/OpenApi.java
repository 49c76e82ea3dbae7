package dev.flin.http.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.http.session.SessionCookies;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Describes the routes of an application as OpenAPI 3.1: paths and their parameters, bodies from {@code validate},
 * refusals and security from guards.
 */
public final class OpenApi {

	private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH",
			"TRACE");

	private static final String JSON = "application/json";

	private final String title;

	private final String version;

	private final String server;

	/**
	 * @param server what absolute links start with, or {@code /}
	 */
	public OpenApi(String title, String version, String server) {
		this.title = title;
		this.version = version;
		this.server = server;
	}

	/** The document. The arguments of rules are evaluated in the context of the request for it. */
	public FlinMap document(RouteTable table, FlinContext context, Exchange exchange) {
		FlinMap paths = new FlinMap();
		Map<String, List<RouteSpec>> byPath = new TreeMap<>();
		Map<String, String> patterns = new HashMap<>();
		for (RouteSpec route : table.routes()) {
			if (route.kind() == RouteSpec.Kind.ROUTE && METHODS.contains(route.method())) {
				String pattern = patterns.computeIfAbsent(route.path().toString().replaceAll("\\{\\*?[^}]*}", "{}"),
						(key) -> template(route.path()));
				byPath.computeIfAbsent(pattern, (key) -> new ArrayList<>()).add(route);
			}
		}
		SchemaWriter schemas = new SchemaWriter(context, exchange);
		Set<String> ids = new LinkedHashSet<>();
		byPath.forEach((pattern, routes) -> {
			FlinMap item = new FlinMap();
			for (RouteSpec route : routes) {
				String method = route.method().toLowerCase(Locale.ROOT);
				if (!item.containsKey(method)) {
					item.put(method, operation(route, pattern, schemas, ids));
				}
			}
			paths.put(pattern, item);
		});
		return FlinMap.of("openapi", "3.1.0", "info", FlinMap.of("title", this.title, "version", this.version),
				"servers", FlinList.of(FlinMap.of("url", exchange.raw().outside(this.server))), "paths", paths,
				"components", components(exchange.raw().secure()));
	}

	private static String template(RoutePath path) {
		return path.toString().replace("{*", "{");
	}

	private static FlinMap operation(RouteSpec route, String pattern, SchemaWriter schemas, Set<String> ids) {
		FlinMap operation = new FlinMap();
		operation.put("operationId", unique(ids, route.method().toLowerCase(Locale.ROOT)
				+ pattern.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "")));
		operation.put("tags", FlinList.of(tag(route.path())));
		operation.put("description", "Declared in " + route.origin() + ".");
		FlinList parameters = parameters(route, pattern, schemas);
		if (!parameters.isEmpty()) {
			operation.put("parameters", parameters);
		}
		ValidateSpec body = route.validate();
		if (body != null) {
			operation.put("requestBody", requestBody(body, schemas));
		}
		RouteDescription description = route.traits().description();
		if (description != null && description.body() != null) {
			operation.put("requestBody", FlinMap.of("required", description.bodyRequired(), "content",
					FlinMap.of(JSON, FlinMap.of("schema", description.body()))));
		}
		operation.put("responses", responses(route));
		FlinList security = security(route.guards());
		if (!security.isEmpty()) {
			operation.put("security", security);
		}
		return operation;
	}

	private static String unique(Set<String> ids, String wanted) {
		String id = wanted;
		for (int i = 2; !ids.add(id); i++) {
			id = wanted + "_" + i;
		}
		return id;
	}

	/** Operations are grouped by the first word of their path that says something. */
	private static String tag(RoutePath path) {
		for (RoutePath.Segment segment : path.segments()) {
			if (segment instanceof RoutePath.Literal literal && !literal.text().equals("api")) {
				return literal.text();
			}
		}
		return "application";
	}

	private static FlinList parameters(RouteSpec route, String pattern, SchemaWriter schemas) {
		FlinList parameters = new FlinList();
		for (String part : pattern.split("/")) {
			if (part.startsWith("{")) {
				String name = part.substring(1, part.length() - 1);
				parameters.add(FlinMap.of("name", name, "in", "path", "required", true, "schema",
						described(route, true).filter((each) -> each.name().equals(name))
							.map(RouteDescription.Parameter::schema)
							.findFirst()
							.orElseGet(() -> FlinMap.of("type", "string"))));
			}
		}
		described(route, false).forEach((each) -> parameters.add(FlinMap.of("name", each.name(), "in", "query",
				"required", each.required(), "schema", each.schema())));
		ValidateSpec query = route.validateQuery();
		if (query != null) {
			for (ValidateSpec.Field field : query.fields()) {
				parameters.add(FlinMap.of("name", field.name(), "in", "query", "required", field.isRequired(),
						"schema", schemas.field(field, true)));
			}
		}
		if (route.traits().idempotent()) {
			parameters.add(FlinMap.of("name", Idempotency.HEADER, "in", "header", "required", false, "description",
					"Requests with one key get one answer, for 24 hours.", "schema",
					FlinMap.of("type", "string", "minLength", 1L, "maxLength", 255L)));
		}
		return parameters;
	}

	private static Stream<RouteDescription.Parameter> described(RouteSpec route, boolean path) {
		RouteDescription description = route.traits().description();
		return (description == null) ? Stream.empty()
				: description.parameters().stream().filter((each) -> each.path() == path);
	}

	private static FlinMap requestBody(ValidateSpec spec, SchemaWriter schemas) {
		FlinMap schema = schemas.object(spec.fields());
		FlinMap content = new FlinMap();
		boolean files = spec.fields().stream().anyMatch(OpenApi::takesFile);
		if (!files) {
			content.put(JSON, FlinMap.of("schema", schema));
			content.put("application/x-www-form-urlencoded", FlinMap.of("schema", schema));
		}
		content.put("multipart/form-data", FlinMap.of("schema", schema));
		boolean required = spec.fields().stream().anyMatch(ValidateSpec.Field::isRequired);
		return FlinMap.of("required", required, "content", content);
	}

	private static boolean takesFile(ValidateSpec.Field field) {
		ValidateSpec.Shape shape = (field.shape() instanceof ValidateSpec.ListOf list) ? list.element().shape()
				: field.shape();
		return shape.equals(new ValidateSpec.Scalar("file"));
	}

	// Answers

	private static FlinMap responses(RouteSpec route) {
		Map<Integer, FlinMap> answers = new TreeMap<>();
		RouteDescription description = route.traits().description();
		FlinMap schema = answer(description);
		String file = (schema.get("contentMediaType") instanceof String media) ? media : null;
		String type = route.traits().events() ? "text/event-stream" : (file != null) ? file : JSON;
		if (description != null && description.answer() == null) {
			answers.put(204, FlinMap.of("description", "There is no answer but this status."));
		}
		else {
			answers.put(200, FlinMap.of("description", "The value of the route; none is answered with 204.", "content",
					FlinMap.of(type, (file != null) ? new FlinMap() : FlinMap.of("schema", schema))));
		}
		boolean validated = route.validate() != null || route.validateQuery() != null
				|| (description != null && (description.body() != null || !description.parameters().isEmpty()));
		boolean unsafe = Csrf.isUnsafe(route.method());
		if (validated) {
			answers.put(400, refusal("What was sent is not valid.", "ValidationError"));
		}
		else if (unsafe) {
			answers.put(400, refusal("The body cannot be read.", "Error"));
		}
		if (unsafe) {
			answers.put(413, refusal("The body is too large.", "Error"));
		}
		if (route.traits().idempotent()) {
			answers.put(422, refusal("The Idempotency-Key was used for another request.", "Error"));
		}
		Set<Integer> statuses = new LinkedHashSet<>();
		route.guards().forEach((guard) -> addRefusals(guard, statuses));
		statuses.forEach((status) -> answers.put(status, refusal(reason(status), "Error")));
		answers.put(500, refusal("The server failed.", "Error"));
		FlinMap responses = new FlinMap();
		answers.forEach((status, answer) -> {
			if (status == 429) {
				answer.put("headers", FlinMap.of("Retry-After",
						FlinMap.of("description", "Seconds to wait.", "schema", FlinMap.of("type", "integer"))));
			}
			responses.put(Integer.toString(status), answer);
		});
		return responses;
	}

	private static FlinMap answer(@Nullable RouteDescription description) {
		FlinMap schema = (description != null) ? description.answer() : null;
		return (schema != null) ? schema : new FlinMap();
	}

	private static FlinMap refusal(String description, String schema) {
		return FlinMap.of("description", description, "content",
				FlinMap.of(JSON, FlinMap.of("schema", FlinMap.of("$ref", "#/components/schemas/" + schema))));
	}

	private static void addRefusals(GuardSpec guard, Set<Integer> statuses) {
		switch (guard) {
			case GuardSpec.Any any -> any.rules().forEach((rule) -> addRefusals(rule, statuses));
			case GuardSpec.Not not -> statuses.add(403);
			case GuardSpec.Own own -> statuses.add(403);
			case GuardSpec.Rule rule -> {
				switch (rule.name()) {
					case "auth", "api_key" -> statuses.add(401);
					case "role", "owner" -> {
						statuses.add(401);
						statuses.add(403);
					}
					case "rate_limit" -> statuses.add(429);
					case "method" -> statuses.add(405);
					default -> statuses.add(403);
				}
			}
		}
	}

	private static String reason(int status) {
		return switch (status) {
			case 401 -> "Nobody is signed in.";
			case 405 -> "The method is not allowed.";
			case 429 -> "Too many requests.";
			default -> "The client may not do this.";
		};
	}

	// Security

	/** What a client has to show: one of the alternatives, and all that it names. */
	private static FlinList security(List<GuardSpec> guards) {
		List<Set<String>> alternatives = new ArrayList<>();
		alternatives.add(Set.of());
		for (GuardSpec guard : guards) {
			List<Set<String>> next = new ArrayList<>();
			for (Set<String> before : alternatives) {
				for (Set<String> more : alternatives(guard)) {
					Set<String> both = new LinkedHashSet<>(before);
					both.addAll(more);
					next.add(both);
				}
			}
			alternatives = next;
		}
		FlinList security = new FlinList();
		if (alternatives.stream().allMatch(Set::isEmpty)) {
			return security;
		}
		for (Set<String> alternative : new LinkedHashSet<>(alternatives)) {
			FlinMap needed = new FlinMap();
			alternative.forEach((scheme) -> needed.put(scheme, new FlinList()));
			security.add(needed);
		}
		return security;
	}

	private static List<Set<String>> alternatives(GuardSpec guard) {
		return switch (guard) {
			case GuardSpec.Any any -> any.rules().stream().flatMap((rule) -> alternatives(rule).stream()).toList();
			case GuardSpec.Not not -> List.of(Set.of());
			case GuardSpec.Own own -> List.of(Set.of());
			case GuardSpec.Rule rule -> List.of(scheme(rule.name()));
		};
	}

	private static Set<String> scheme(String rule) {
		return switch (rule) {
			case "auth", "role", "owner" -> Set.of("session");
			case "api_key" -> Set.of("apiKey");
			default -> Set.of();
		};
	}

	private static FlinMap components(boolean secure) {
		FlinMap text = FlinMap.of("type", "string");
		FlinMap status = FlinMap.of("type", "integer");
		FlinMap error = FlinMap.of("type", "object", "required", FlinList.of("error", "status"), "properties",
				FlinMap.of("error", text, "status", status));
		FlinMap invalid = FlinMap.of("type", "object", "required", FlinList.of("error", "status"), "properties",
				FlinMap.of("error", text, "status", status, "fields",
						FlinMap.of("type", "object", "additionalProperties", text)));
		FlinMap schemes = FlinMap.of("session",
				FlinMap.of("type", "apiKey", "in", "cookie", "name", SessionCookies.name(secure)), "apiKey",
				FlinMap.of("type", "apiKey", "in", "header", "name", "X-API-Key"));
		return FlinMap.of("schemas", FlinMap.of("Error", error, "ValidationError", invalid), "securitySchemes",
				schemes);
	}

	/** Writes what {@code validate} says as JSON Schema. */
	private static final class SchemaWriter {

		private final FlinContext context;

		private final Exchange exchange;

		SchemaWriter(FlinContext context, Exchange exchange) {
			this.context = context;
			this.exchange = exchange;
		}

		FlinMap object(List<ValidateSpec.Field> fields) {
			FlinMap properties = new FlinMap();
			FlinList required = new FlinList();
			for (ValidateSpec.Field field : fields) {
				properties.put(field.name(), field(field, false));
				if (field.isRequired()) {
					required.add(field.name());
				}
			}
			FlinMap schema = FlinMap.of("type", "object", "properties", properties);
			if (!required.isEmpty()) {
				schema.put("required", required);
			}
			return schema;
		}

		/**
		 * @param text whether the value always is one, so that it is left out instead of being null
		 */
		FlinMap field(ValidateSpec.Field field, boolean text) {
			FlinMap schema = shape(field.shape());
			boolean list = field.shape() instanceof ValidateSpec.ListOf;
			for (ValidateSpec.Rule rule : field.rules()) {
				if (!rule.name().equals("required") && !rule.name().equals("default")) {
					@Nullable Object[] arguments = rule.arguments().evaluate(this.context, this.exchange);
					if (list) {
						listRule(schema, rule.name(), arguments);
					}
					else {
						rule(schema, rule.name(), arguments);
					}
				}
			}
			if (field.defaultValue() != null && field.constantDefault()) {
				Object value = field.defaultValue().handle(this.context, this.exchange);
				schema.put("default", Validator.fitting(field.shape(), value));
			}
			if (!text && !field.isRequired() && schema.get("type") instanceof String type
					&& !schema.containsKey("enum")) {
				schema.put("type", FlinList.of(type, "null"));
			}
			return schema;
		}

		private FlinMap shape(ValidateSpec.Shape shape) {
			return switch (shape) {
				case ValidateSpec.Scalar scalar -> scalar(scalar.type());
				case ValidateSpec.Choice choice ->
					FlinMap.of("type", "string", "enum", FlinList.of(choice.texts().toArray()));
				case ValidateSpec.Reference reference -> scalar("int");
				case ValidateSpec.Variants variants -> variants(variants);
				case ValidateSpec.MapOf map ->
					FlinMap.of("type", "object", "additionalProperties", element(map.value()));
				case ValidateSpec.ListOf list -> FlinMap.of("type", "array", "items", element(list.element()));
				case ValidateSpec.TupleOf tuple -> tuple(tuple.elements());
				case ValidateSpec.Nested nested -> object(nested.fields());
			};
		}

		private FlinMap element(ValidateSpec.Element element) {
			FlinMap schema = shape(element.shape());
			return element.hole() ? FlinMap.of("anyOf", FlinList.of(schema, FlinMap.of("type", "null"))) : schema;
		}

		/** As many values as there are schemas, in their order. */
		private FlinMap tuple(List<ValidateSpec.Element> elements) {
			return FlinMap.of("type", "array", "prefixItems",
					FlinList.of(elements.stream().map(this::element).toArray()), "minItems", (long) elements.size(),
					"maxItems", (long) elements.size());
		}

		private FlinMap variants(ValidateSpec.Variants shape) {
			FlinList names = new FlinList();
			FlinList forms = new FlinList();
			for (int i = 0; i < shape.carried().size(); i++) {
				String name = shape.type().variants().get(i).name();
				List<ValidateSpec.Element> carried = shape.carried().get(i);
				if (carried.isEmpty()) {
					names.add(name);
				}
				else {
					forms.add(FlinMap.of("type", "object", "required", FlinList.of(name), "properties",
							FlinMap.of(name, (carried.size() == 1) ? element(carried.getFirst()) : tuple(carried)),
							"additionalProperties", false));
				}
			}
			if (!names.isEmpty()) {
				forms.add(FlinMap.of("type", "string", "enum", names));
			}
			return FlinMap.of("oneOf", forms);
		}

		private static FlinMap scalar(String type) {
			return switch (type) {
				case "text", "html" -> FlinMap.of("type", "string");
				case "int" -> FlinMap.of("type", "integer", "format", "int64");
				case "number" -> FlinMap.of("type", "number", "format", "double");
				case "decimal" -> FlinMap.of("type", "string", "format", "decimal");
				case "bool" -> FlinMap.of("type", "boolean");
				case "time" -> FlinMap.of("type", "string", "format", "date-time");
				case "duration" -> FlinMap.of("type", "string", "format", "duration");
				case "money" -> FlinMap.of("type", "object", "required", FlinList.of("amount", "currency"),
						"properties", FlinMap.of("amount", FlinMap.of("type", "string", "format", "decimal"),
								"currency", FlinMap.of("type", "string", "pattern", "^[A-Z]{3}$")));
				case "file" -> FlinMap.of("type", "string", "contentMediaType", "application/octet-stream");
				case "list" -> FlinMap.of("type", "array", "items", new FlinMap());
				case "map" -> FlinMap.of("type", "object");
				default -> new FlinMap();
			};
		}

		private static void rule(FlinMap schema, String name, @Nullable Object[] arguments) {
			Object first = (arguments.length > 0) ? arguments[0] : null;
			switch (name) {
				case "min" -> putNumber(schema, "minimum", first);
				case "max" -> putNumber(schema, "maximum", first);
				case "between" -> {
					putNumber(schema, "minimum", first);
					putNumber(schema, "maximum", (arguments.length > 1) ? arguments[1] : null);
				}
				case "positive" -> schema.put("exclusiveMinimum", 0L);
				case "negative" -> schema.put("exclusiveMaximum", 0L);
				case "minLength" -> putNumber(schema, "minLength", first);
				case "maxLength" -> putNumber(schema, "maxLength", first);
				case "length" -> {
					putNumber(schema, "minLength", first);
					putNumber(schema, "maxLength", first);
				}
				case "email", "uuid" -> schema.put("format", name);
				case "url" -> schema.put("format", "uri");
				case "pattern" -> putText(schema, "pattern", first);
				case "one_of" -> schema.put("enum",
						(first instanceof FlinList list) ? list : FlinList.of(arguments));
				default -> addFormat(schema, name);
			}
		}

		/** Lengths are numbers of elements; other rules say nothing that a schema of lists could say. */
		private static void listRule(FlinMap schema, String name, @Nullable Object[] arguments) {
			Object first = (arguments.length > 0) ? arguments[0] : null;
			if (name.equals("minLength") || name.equals("length")) {
				putNumber(schema, "minItems", first);
			}
			if (name.equals("maxLength") || name.equals("length")) {
				putNumber(schema, "maxItems", first);
			}
		}

		private static void addFormat(FlinMap schema, String name) {
			Map<String, String> patterns = new LinkedHashMap<>(Map.of("alpha", "^[A-Za-z]+$", "alphanumeric",
					"^[A-Za-z0-9]+$", "numeric", "^[0-9]+$", "hex", "^[0-9A-Fa-f]+$", "slug",
					"^[a-z0-9]+(-[a-z0-9]+)*$"));
			putText(schema, "pattern", patterns.get(name));
		}

		private static void putNumber(FlinMap schema, String key, @Nullable Object value) {
			if (value instanceof Number) {
				schema.put(key, value);
			}
		}

		private static void putText(FlinMap schema, String key, @Nullable Object value) {
			if (value instanceof String) {
				schema.put(key, value);
			}
		}

	}

}
