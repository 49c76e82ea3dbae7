package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.runtime.rule.Rule;
import dev.flin.runtime.rule.Rules;
import dev.flin.store.FieldRule;
import dev.flin.value.FlinError;
import dev.flin.value.Truthiness;

/**
 * The rules that stored records are checked for when a declaration brings them. {@code past} and {@code future} speak
 * of the moment of a save and are left out; so are conditions over references, which lead to records that may be about
 * to change as well.
 */
final class StoredRules {

	private final EntityCatalog catalog;

	private final FlinContext context;

	private final Supplier<EntityDatabase> database;

	private @Nullable EntitySession session;

	/**
	 * Prepares.
	 * @param context runs the program's own rules
	 * @param database whose instances conditions look at
	 */
	StoredRules(EntityCatalog catalog, FlinContext context, Supplier<EntityDatabase> database) {
		this.catalog = catalog;
		this.context = context;
		this.database = database;
	}

	List<FieldRule> of(EntityType type, EntityField field) {
		List<FieldRule> rules = new ArrayList<>();
		if (field.definition().is(Flag.REQUIRED)) {
			rules.add(new FieldRule("@required", value -> !Rules.isMissing(value)));
		}
		for (FieldCheck check : field.definition().rules()) {
			switch (check) {
				case FieldCheck.Pure(String text, Rule rule) -> {
					if (!text.startsWith("@past") && !text.startsWith("@future")) {
						rules.add(new FieldRule(text, value -> rule.violation(value, Instant.EPOCH) == null));
					}
				}
				case FieldCheck.OfArguments rule -> {
					if (!speaksOfReferences(type, rule.text())) {
						rules.add(FieldRule.ofRecord(rule.text(), values -> keeps(type, field, rule, values)));
					}
				}
				case FieldCheck.OfInstance(String text, int code, String message) -> {
					if (!speaksOfReferences(type, text)) {
						rules.add(FieldRule.ofRecord(text,
								values -> holds(() -> session().call(type, code, instance(type, values)))));
					}
				}
				case FieldCheck.OfValue(String text, int code) -> {
					if (!field.isReference() && !field.isReferences()) {
						rules.add(new FieldRule(text, value -> holds(() -> session().call(type, code, value))));
					}
				}
			}
		}
		return rules;
	}

	private boolean keeps(EntityType type, EntityField field, FieldCheck.OfArguments rule,
			@Nullable Object[] values) {
		Object value = values[field.position()];
		return value == null || holds(
				() -> rule.violation(session(), instance(type, values), value, this.context.now()) == null);
	}

	private static boolean speaksOfReferences(EntityType type, String text) {
		Predicate<EntityField> named = field -> Pattern.compile("\\b" + Pattern.quote(field.name()) + "\\b")
			.matcher(text)
			.find();
		return type.fields()
			.stream()
			.filter(field -> field.isReference() || field.isReferences() || field.isComputed())
			.anyMatch(named);
	}

	/** What fails for a stored record says nothing about it: the rule is asked again at its next save. */
	private static boolean holds(Supplier<@Nullable Object> rule) {
		try {
			Object result = rule.get();
			return (result instanceof String message) ? message.isEmpty()
					: result == null || Truthiness.isTrue(result);
		}
		catch (FlinError ex) {
			return true;
		}
	}

	private RecordInstance instance(EntityType type, @Nullable Object[] values) {
		RecordInstance instance = type.make(session());
		for (EntityField field : type.stored()) {
			boolean plain = !field.isReference() && !field.isReferences();
			instance.put(field.slot(), plain ? values[field.position()] : null);
		}
		return instance;
	}

	private EntitySession session() {
		EntitySession known = this.session;
		if (known == null) {
			known = new EntitySession(this.context, this.database.get(), this.catalog, () -> null);
			this.session = known;
		}
		return known;
	}

}
