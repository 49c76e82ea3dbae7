package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldRule;
import dev.flin.store.FieldSchema;
import dev.flin.store.IndexSchema;
import dev.flin.store.RetentionPolicy;
import dev.flin.store.RetentionPolicy.CompactionPeriod;
import dev.flin.store.StoreSchema;
import dev.flin.value.FlinError;

/**
 * All entities of an application, linked. Immutable but for what is remembered of their use; a reload makes a new one.
 */
public final class EntityCatalog {

	private final Map<String, EntityType> types = new LinkedHashMap<>();

	/** Whether any session has had a transaction. */
	private volatile boolean transactions;

	/**
	 * Links declarations.
	 * @param definitions the entities; the checker has seen to it that their names are unique
	 * @param enums the variants of each enum that fields may have, such as {@code Stop}, {@code Go/1} for one that
	 * carries a value, {@code Stop<Halt} for one that had another name
	 */
	public EntityCatalog(List<EntityDefinition> definitions, Map<String, List<String>> enums) {
		Map<String, EntityDefinition> byName = new LinkedHashMap<>();
		definitions.forEach(definition -> byName.put(definition.name(), definition));
		ValueTypeParser parser = new ValueTypeParser(enums, byName.keySet());
		byName.forEach((name, definition) -> this.types.put(name, new EntityType(definition, parser)));
		for (EntityType source : this.types.values()) {
			for (EntityField field : source.fields()) {
				EntityType target = this.types.get(field.target());
				if (target != null) {
					String inverse = field.definition().inverse();
					target.addReferrer(new Relation((inverse != null) ? inverse : plural(source.name()), source,
							field));
				}
			}
		}
	}

	boolean hasTransactions() {
		return this.transactions;
	}

	/**
	 * A session is about to have its first transaction: its instances are no longer surely plain. Classes that are
	 * loaded later learn it from their instances.
	 */
	void beginTransactions() {
		this.transactions = true;
		PlainAssumption.giveUp(this.types.values()
			.stream()
			.map(type -> type.definition().code().loadedPrototype())
			.filter(Objects::nonNull)
			.toList());
	}

	public List<EntityType> types() {
		return List.copyOf(this.types.values());
	}

	/** The entity of a name, or null. */
	public @Nullable EntityType find(String name) {
		return this.types.get(name);
	}

	/** What tells the code of each computed field with an index from any other, by entity and field. */
	public Map<FieldOf, String> formulas() {
		Map<FieldOf, String> formulas = new LinkedHashMap<>();
		for (EntityType type : this.types.values()) {
			for (EntityField field : type.stored()) {
				String formula = field.definition().formula();
				if (formula != null) {
					formulas.put(new FieldOf(type.name(), field.name()), formula);
				}
			}
		}
		return formulas;
	}

	/**
	 * A field of an entity.
	 *
	 * @param entity the entity's name
	 * @param field the field's name
	 */
	public record FieldOf(String entity, String field) {
	}

	/** Whether a field has a default that is code. */
	public boolean isDefaultCode(String entity, String field) {
		EntityType type = this.types.get(entity);
		EntityField declared = (type == null) ? null : type.field(field);
		return declared != null && declared.definition().initialCode() >= 0;
	}

	/** The entity of a name. */
	public EntityType type(String name) {
		EntityType type = this.types.get(name);
		if (type == null) {
			throw new FlinError("there is no entity " + name);
		}
		return type;
	}

	/**
	 * The member that the target of a reference gets: {@code Book} gives {@code books}, {@code OrderLine
	 * order_lines}.
	 */
	public static String plural(String entity) {
		StringBuilder snake = new StringBuilder();
		for (int i = 0; i < entity.length(); i++) {
			char c = entity.charAt(i);
			if (Character.isUpperCase(c) && i > 0
					&& (Character.isLowerCase(entity.charAt(i - 1)) || Character.isDigit(entity.charAt(i - 1)))) {
				snake.append('_');
			}
			snake.append(c);
		}
		String word = snake.toString().toLowerCase(Locale.ROOT);
		if (word.endsWith("y") && word.length() > 1 && "aeiou".indexOf(word.charAt(word.length() - 2)) < 0) {
			return word.substring(0, word.length() - 1) + "ies";
		}
		boolean hissing = word.endsWith("s") || word.endsWith("x") || word.endsWith("z") || word.endsWith("ch")
				|| word.endsWith("sh");
		return word + (hissing ? "es" : "s");
	}

	/**
	 * The schema that the store keeps.
	 * @param initials gives the default that records get which were stored before a field existed: for fields whose
	 * default is code
	 * @param rules gives the rules that stored values are checked for
	 */
	StoreSchema schema(BiFunction<EntityType, String, @Nullable Object> initials,
			BiFunction<EntityType, EntityField, List<FieldRule>> rules) {
		List<EntitySchema> entities = new ArrayList<>();
		for (EntityType type : this.types.values()) {
			EntityDefinition definition = type.definition();
			List<FieldSchema> fields = new ArrayList<>();
			for (EntityField field : type.stored()) {
				fields.add(fieldSchema(type, field, initials, rules.apply(type, field)));
			}
			List<IndexSchema> indexes = definition.indexes()
				.stream()
				.map(index -> new IndexSchema(index.fields(), index.unique()))
				.toList();
			entities.add(new EntitySchema(type.name(), definition.was(), fields, indexes, retention(definition)));
		}
		return new StoreSchema(entities);
	}

	private static FieldSchema fieldSchema(EntityType type, EntityField field,
			BiFunction<EntityType, String, @Nullable Object> initials, List<FieldRule> rules) {
		FieldDefinition declared = field.definition();
		Object initial = declared.initial();
		if (initial == null && declared.initialCode() >= 0 && !declared.initialOfRecord()) {
			initial = initials.apply(type, field.name());
		}
		boolean list = field.isReferences() || field.type() instanceof ValueType.ListOf
				|| field.type() instanceof ValueType.MapOf;
		boolean optional = field.optional() && (field.isReference() || !declared.is(Flag.REQUIRED));
		return new FieldSchema(field.name(), field.storedType(), optional || list, declared.is(Flag.UNIQUE),
				declared.is(Flag.INDEXED), initial, declared.was(), rules, declared.retention(),
				declared.is(Flag.ENCRYPTED));
	}

	private static @Nullable RetentionPolicy retention(EntityDefinition definition) {
		EntityDefinition.Retention rules = definition.retention();
		if (rules == null) {
			return null;
		}
		String period = rules.compactTo();
		CompactionPeriod to = (period == null) ? null : switch (period) {
			case "hourly" -> CompactionPeriod.HOURLY;
			case "weekly" -> CompactionPeriod.WEEKLY;
			case "monthly" -> CompactionPeriod.MONTHLY;
			default -> CompactionPeriod.DAILY;
		};
		return new RetentionPolicy(rules.age(), rules.versions(), rules.compactAfter(), to);
	}

}
