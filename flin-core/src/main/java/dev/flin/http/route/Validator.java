package dev.flin.http.route;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpProblem;
import dev.flin.http.body.BodyReader;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.rule.Rule;
import dev.flin.runtime.rule.Rules;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Truthiness;

/**
 * Turns what was sent into exactly what a {@code validate} block declares, or says for each field what it must be.
 */
final class Validator {

	private static final ValidateSpec.Shape BOOL = new ValidateSpec.Scalar("bool");

	private static final ValidateSpec.Shape ANY = new ValidateSpec.Scalar("any");

	/** Rules that are not asked of a value alone. */
	private static final Set<String> SAID_OTHERWISE = Set.of("required", "default", "check");

	/** Stands for a value that could not be converted. */
	private static final Object REFUSED = new Object();

	private final ValueRules rules;

	private final FlinContext context;

	private final Exchange exchange;

	/** Whether values came as texts: forms and queries. */
	private final boolean texts;

	/** Whether it is a form, where an absent checkbox is false. */
	private final boolean form;

	private final Map<String, String> failures = new LinkedHashMap<>();

	private Validator(ValueRules rules, FlinContext context, Exchange exchange, boolean texts, boolean form) {
		this.rules = rules;
		this.context = context;
		this.exchange = exchange;
		this.texts = texts;
		this.form = form;
	}

	/**
	 * Checks the body and replaces it.
	 * @throws HttpProblem 400 with the failures
	 */
	static void body(ValidateSpec spec, ValueRules rules, FlinContext context, Exchange exchange) {
		BodyReader.Body body = exchange.readBody();
		List<Object> pairs = body.pairs();
		String json = spec.exact() ? body.json() : null;
		Object sent = (pairs != null) ? collected(pairs)
				: (json != null) ? ExactNumbers.of(body.value(), json) : body.value();
		if (sent != null && !(sent instanceof FlinMap)) {
			throw new HttpProblem(400, "The body must be an object");
		}
		FlinMap map = (sent != null) ? (FlinMap) sent : new FlinMap();
		exchange.replaceBody(new Validator(rules, context, exchange, body.isForm(), body.isForm())
			.check(spec, map));
	}

	/** Checks the query and replaces it. */
	static void query(ValidateSpec spec, ValueRules rules, FlinContext context, Exchange exchange) {
		FlinMap sent = collected(List.copyOf(exchange.queryPairs()));
		exchange.replaceQuery(new Validator(rules, context, exchange, true, false).check(spec, sent));
	}

	/** Values by key, a list where a key repeats; {@code address.city} and {@code items[1].qty} stay as they are. */
	private static FlinMap collected(List<?> pairs) {
		FlinMap map = new FlinMap();
		for (int i = 0; i < pairs.size(); i += 2) {
			Object known = map.get(pairs.get(i));
			if (known instanceof FlinList list) {
				list.add(pairs.get(i + 1));
			}
			else {
				map.put(pairs.get(i), (known != null) ? FlinList.of(known, pairs.get(i + 1)) : pairs.get(i + 1));
			}
		}
		return map;
	}

	private FlinMap check(ValidateSpec spec, FlinMap sent) {
		FlinMap result = fields(spec.fields(), sent, "");
		if (!this.failures.isEmpty()) {
			throw new HttpProblem(400, "Validation failed", this.failures);
		}
		return result;
	}

	private FlinMap fields(List<ValidateSpec.Field> fields, FlinMap sent, String prefix) {
		FlinMap result = new FlinMap();
		for (ValidateSpec.Field field : fields) {
			String place = prefix + field.name();
			Object given = sent.get(field.name());
			if (given == null && this.texts && !(field.shape() instanceof ValidateSpec.Scalar)) {
				given = FormKeys.below(sent, field.name());
			}
			Object value = value(field, given, place);
			if (value == REFUSED) {
				continue;
			}
			result.put(field.name(), value);
			if (value != null) {
				applyRules(field, place, value);
			}
		}
		if (result.size() == fields.size()) {
			fields.forEach((field) -> applyConditions(field, prefix + field.name(), result));
		}
		return result;
	}

	private @Nullable Object value(ValidateSpec.Field field, @Nullable Object sent, String place) {
		Object value = convert(field.shape(), sent, place);
		if (value == REFUSED) {
			return value;
		}
		if (value == null && field.defaultValue() != null) {
			value = fitting(field.shape(), field.defaultValue().handle(this.context, this.exchange));
		}
		if (value == null && this.form && field.shape().equals(BOOL) && sent == null) {
			return false;
		}
		if (field.isRequired() && (value == null || value.equals(""))) {
			return refuse(place, "is required");
		}
		return value;
	}

	/** A default as a sent value would be: what the program writes may be a variant, or an int for a wider type. */
	static @Nullable Object fitting(ValidateSpec.Shape shape, @Nullable Object value) {
		return switch (shape) {
			case ValidateSpec.Choice choice when value instanceof EnumValue variant -> variant.variant();
			case ValidateSpec.Scalar(String type) when value instanceof Long number && type.equals("number") ->
				number.doubleValue();
			case ValidateSpec.Scalar(String type) when value instanceof Long number && type.equals("decimal") ->
				BigDecimal.valueOf(number);
			case ValidateSpec.ListOf list when value instanceof FlinList elements -> FlinList
				.copyOf(elements.stream().map((element) -> fitting(list.element().shape(), element)).toList());
			default -> value;
		};
	}

	private void applyRules(ValidateSpec.Field field, String place, Object value) {
		for (ValidateSpec.Rule rule : field.rules()) {
			if (SAID_OTHERWISE.contains(rule.name())) {
				continue;
			}
			@Nullable Object[] arguments = rule.arguments().evaluate(this.context, this.exchange);
			String message = violation(rule.name(), arguments, field.name(), value);
			if (message != null) {
				refuse(place, message);
				return;
			}
		}
	}

	/** Conditions over several values: asked when all of them are there in their types. */
	private void applyConditions(ValidateSpec.Field field, String place, FlinMap values) {
		for (ValidateSpec.Rule rule : field.rules()) {
			if (rule.name().equals("check") && values.get(field.name()) != null && !this.failures.containsKey(place)) {
				@Nullable Object[] arguments = rule.arguments().evaluate(this.context, this.exchange);
				@Nullable Object[] named = new Object[arguments.length - 2];
				for (int i = 0; i < named.length; i++) {
					named[i] = values.get(arguments[i + 2]);
				}
				if (arguments[0] instanceof FlinFunction condition && !Truthiness.isTrue(condition.callN(named))) {
					refuse(place, String.valueOf(arguments[1]));
				}
			}
		}
	}

	/** A rule of the language, a function of the program, or one that needs the store. */
	private @Nullable String violation(String name, @Nullable Object[] arguments, String field, Object value) {
		if (arguments.length > 0 && arguments[0] instanceof FlinFunction function) {
			Object result = function.call1(value);
			return (result instanceof String message) ? message : Boolean.FALSE.equals(result) ? "is not valid" : null;
		}
		Rule rule = Rules.named(name, Arrays.asList(arguments));
		return (rule != null) ? rule.violation(value, this.context.now())
				: this.rules.violation(this.context, name, arguments, field, value);
	}

	private @Nullable Object convert(ValidateSpec.Shape shape, @Nullable Object sent, String place) {
		if (sent == null) {
			return null;
		}
		return switch (shape) {
			case ValidateSpec.Scalar scalar -> scalar(scalar.type(), last(sent), place);
			case ValidateSpec.Choice choice -> choice(choice.texts(), last(sent), place);
			case ValidateSpec.Variants variants -> variant(variants, last(sent), place);
			case ValidateSpec.Reference reference -> record(reference.entity(), last(sent), place);
			case ValidateSpec.ListOf list -> list(list, sent, place);
			case ValidateSpec.MapOf map -> (sent instanceof FlinMap given) ? map(map, given, place)
					: refuse(place, "must be an object");
			case ValidateSpec.TupleOf tuple -> tuple(tuple.elements(), sent, place);
			case ValidateSpec.Nested nested -> (sent instanceof FlinMap map) ? fields(nested.fields(), map, place + ".")
					: refuse(place, "must be an object");
		};
	}

	/** Of a repeated key the last value counts where one value is declared. */
	private @Nullable Object last(Object sent) {
		return (this.texts && sent instanceof FlinList list && !list.isEmpty()) ? list.get(list.size() - 1) : sent;
	}

	/** Records are named by their ids, as JSON shows them too: {@code {"id": 7}}. */
	private @Nullable Object record(String entity, @Nullable Object sent, String place) {
		Object given = (sent instanceof FlinMap map) ? map.get("id") : sent;
		if (isBlank(given)) {
			return null;
		}
		if (!(Conversions.convert("int", given, this.texts) instanceof Long id)) {
			return refuse(place, "must be an id");
		}
		EntityInstance found = this.exchange.find(entity, id);
		return (found != null) ? found : refuse(place, "does not exist");
	}

	private @Nullable Object choice(List<String> texts, @Nullable Object sent, String place) {
		if (sent instanceof String text && texts.contains(text)) {
			return text;
		}
		return isBlank(sent) ? null : refuse(place, "must be one of " + String.join(", ", texts));
	}

	/** What a form says where nothing was chosen or typed. */
	private boolean isBlank(@Nullable Object sent) {
		return this.texts && sent instanceof String text && text.isBlank();
	}

	/** {@code "Dot"}, or what a variant carries under its name: {@code {"Circle": 2}}, {@code {"Box": [1, 2]}}. */
	private @Nullable Object variant(ValidateSpec.Variants shape, @Nullable Object sent, String place) {
		EnumType type = shape.type();
		String name = (sent instanceof String text) ? text
				: (sent instanceof FlinMap map && map.size() == 1 && map.keySet().iterator()
						.next() instanceof String key)
						? key : "";
		int ordinal = type.ordinalOf(name);
		List<ValidateSpec.Element> carried = (ordinal < 0) ? List.of() : shape.carried().get(ordinal);
		if (ordinal < 0 || carried.isEmpty() != sent instanceof String) {
			return isBlank(sent) ? null : refuse(place, "must be one of " + String.join(", ", forms(shape)));
		}
		if (!(sent instanceof FlinMap map)) {
			return type.value(ordinal);
		}
		Object given = map.get(name);
		String inside = place + "." + name;
		if (carried.size() == 1) {
			Object value = element(carried.getFirst(), given, inside);
			return (value == REFUSED) ? REFUSED : type.maker(ordinal).with(value);
		}
		@Nullable Object[] values = elements(carried, given, inside);
		return (values == null) ? REFUSED : type.value(ordinal, values);
	}

	private static List<String> forms(ValidateSpec.Variants shape) {
		List<String> forms = new ArrayList<>();
		for (int i = 0; i < shape.carried().size(); i++) {
			String name = shape.type().variants().get(i).name();
			forms.add(shape.carried().get(i).isEmpty() ? name : "{\"" + name + "\": …}");
		}
		return forms;
	}

	private Object tuple(List<ValidateSpec.Element> elements, Object sent, String place) {
		@Nullable Object[] values = elements(elements, sent, place);
		return (values == null) ? REFUSED : FlinTuple.of(values);
	}

	/** So many values, each of its own type; null when one was refused. */
	private @Nullable Object @Nullable [] elements(List<ValidateSpec.Element> shapes, @Nullable Object sent,
			String place) {
		if (!(sent instanceof FlinList list) || list.size() != shapes.size()) {
			refuse(place, "must be a list of " + shapes.size() + " values");
			return null;
		}
		@Nullable Object[] values = new Object[shapes.size()];
		boolean refused = false;
		for (int i = 0; i < values.length; i++) {
			values[i] = element(shapes.get(i), list.get(i), place + "[" + i + "]");
			refused |= values[i] == REFUSED;
		}
		return refused ? null : values;
	}

	private @Nullable Object map(ValidateSpec.MapOf shape, FlinMap sent, String place) {
		FlinMap result = new FlinMap();
		boolean refused = false;
		for (FlinMap.Cursor cursor = sent.cursor(); cursor.advance();) {
			String inside = place + "." + cursor.key();
			Object key = key(shape.key(), cursor.key(), inside);
			Object value = element(shape.value(), cursor.value(), inside);
			refused |= key == REFUSED || value == REFUSED;
			result.put(key, value);
		}
		return refused ? REFUSED : result;
	}

	/** Keys are texts wherever they come from. */
	private @Nullable Object key(ValidateSpec.Shape shape, @Nullable Object sent, String place) {
		if (!(shape instanceof ValidateSpec.Scalar(String type))) {
			return convert(shape, sent, place);
		}
		Object key = Conversions.convert(type, sent, true);
		return (key != Conversions.IMPOSSIBLE) ? key
				: refuse(place, "must have " + Conversions.description(type) + " as its key");
	}

	/** A value of a list or map; none only where the type says so. */
	private @Nullable Object element(ValidateSpec.Element element, @Nullable Object sent, String place) {
		Object value = convert(element.shape(), sent, place);
		return (value != null || element.hole() || element.shape().equals(ANY)) ? value : refuse(place, "is required");
	}

	private @Nullable Object list(ValidateSpec.ListOf shape, Object sent, String place) {
		FlinList elements;
		if (sent instanceof FlinList list) {
			elements = list;
		}
		else if (this.texts) {
			elements = FlinList.of(sent);
		}
		else {
			return refuse(place, "must be a list");
		}
		FlinList result = new FlinList();
		boolean refused = false;
		for (int i = 0; i < elements.size(); i++) {
			Object value = element(shape.element(), elements.get(i), place + "[" + i + "]");
			refused |= value == REFUSED;
			result.add(value);
		}
		return refused ? REFUSED : result;
	}

	private @Nullable Object scalar(String type, @Nullable Object sent, String place) {
		if (isBlank(sent) && !type.equals("text")) {
			return null;
		}
		Object value = Conversions.convert(type, sent, this.texts);
		return (value != Conversions.IMPOSSIBLE) ? value : refuse(place, "must be " + Conversions.description(type));
	}

	private Object refuse(String place, String message) {
		this.failures.putIfAbsent(place, message);
		return REFUSED;
	}

}
