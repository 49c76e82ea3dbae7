package dev.flin.store.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldRule;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.IndexSchema;
import dev.flin.store.SchemaPlan;
import dev.flin.store.SchemaPlan.Problem;
import dev.flin.store.StoreSchema;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.Layout;

/**
 * Takes a stored schema to a declared one. What the stored data must allow for that is listed as checks, which whoever
 * has the data runs.
 */
public final class Evolution {

	/** What current and deleted records must keep to. */
	public sealed interface Check {

		/** The entity's place in the declared schema. */
		EntitySchema entity();

		/**
		 * Every value can be coerced.
		 *
		 * @param entity the entity
		 * @param position the field
		 * @param from the type its values have
		 */
		record Coercible(EntitySchema entity, int position, FieldType from) implements Check {
		}

		/**
		 * No value is none.
		 *
		 * @param entity the entity
		 * @param position the field
		 * @param earlier the name that it may have had, null when it is not new or nothing looks like it
		 */
		record Present(EntitySchema entity, int position, @Nullable String earlier) implements Check {
		}

		/**
		 * Every value keeps to a rule.
		 *
		 * @param entity the entity
		 * @param position the field
		 * @param rule the rule
		 */
		record Keeps(EntitySchema entity, int position, FieldRule rule) implements Check {
		}

		/**
		 * No two live records share these values.
		 *
		 * @param entity the entity
		 * @param positions the fields
		 */
		record Distinct(EntitySchema entity, List<Integer> positions) implements Check {

			/** Copies the list. */
			public Distinct {
				positions = List.copyOf(positions);
			}

		}

	}

	/**
	 * Something that is not declared any more.
	 *
	 * @param step the place of its step
	 * @param entity the number of the entity
	 * @param field the number of the field, 0 for the entity as a whole
	 */
	public record Hiding(int step, int entity, int field) {
	}

	private final Catalog before;

	private final StoreSchema wanted;

	private final List<Catalog.Entity> entities = new ArrayList<>();

	private final List<String> steps = new ArrayList<>();

	private final List<Check> checks = new ArrayList<>();

	private final List<Hiding> hidings = new ArrayList<>();

	private final Set<String> reindex = new LinkedHashSet<>();

	/**
	 * Works out the way.
	 * @param before the stored schema
	 * @param wanted the declared schema
	 */
	public Evolution(Catalog before, StoreSchema wanted) {
		this.before = before;
		this.wanted = wanted;
		int nextId = before.entities().stream().mapToInt(Catalog.Entity::id).max().orElse(0) + 1;
		Set<Integer> used = new HashSet<>();
		Map<EntitySchema, Catalog.Entity> known = Renames.match(wanted.entities(), EntitySchema::name,
				EntitySchema::was, before.entities(), Catalog.Entity::name);
		for (EntitySchema entity : wanted.entities()) {
			Catalog.Entity stored = known.get(entity);
			if (stored == null) {
				this.steps.add("Add entity " + entity.name() + hint(ForgottenNames.of(entity, wanted, before, known)));
				this.entities.add(create(entity, nextId++));
			}
			else {
				used.add(stored.id());
				this.entities.add(change(entity, stored));
			}
		}
		for (Catalog.Entity stored : before.entities()) {
			if (!used.contains(stored.id())) {
				if (!stored.hidden()) {
					this.hidings.add(new Hiding(this.steps.size(), stored.id(), 0));
					this.steps.add("Hide entity " + stored.name());
				}
				this.entities.add(new Catalog.Entity(stored.id(), stored.name(), true, stored.fields(),
						stored.layouts(), stored.indexes(), stored.nextIndex()));
			}
		}
	}

	private Catalog.Entity create(EntitySchema entity, int id) {
		List<Catalog.Field> fields = new ArrayList<>();
		for (FieldSchema field : entity.fields()) {
			fields.add(stored(field, fields.size() + 1, null));
		}
		return finish(entity, id, fields, List.of(), List.of(), 1);
	}

	private static String hint(@Nullable String earlier) {
		return (earlier != null) ? " (if it is %1$s under a new name, write @was(\"%1$s\"))".formatted(earlier) : "";
	}

	private static Catalog.Field stored(FieldSchema field, int id, @Nullable Object initial) {
		return new Catalog.Field(id, field.name(), field.type(), field.nullable(), false, initial,
				field.rules().stream().map(FieldRule::text).toList(), field.encrypted());
	}

	private Catalog.Entity change(EntitySchema entity, Catalog.Entity stored) {
		if (stored.hidden()) {
			this.steps.add("Show entity " + entity.name() + " again");
		}
		if (!stored.name().equals(entity.name())) {
			this.steps.add("Rename entity %s to %s".formatted(stored.name(), entity.name()));
		}
		List<Catalog.Field> fields = new ArrayList<>();
		Set<Integer> used = new HashSet<>();
		int nextField = stored.fields().stream().mapToInt(Catalog.Field::id).max().orElse(0) + 1;
		Map<FieldSchema, Catalog.Field> known = Renames.match(entity.fields(), FieldSchema::name, FieldSchema::was,
				stored.fields(), Catalog.Field::name);
		for (int i = 0; i < entity.fields().size(); i++) {
			FieldSchema field = entity.fields().get(i);
			Catalog.Field old = known.get(field);
			if (old == null) {
				fields.add(add(entity, field, nextField++, ForgottenNames.of(entity, field, stored, known)));
			}
			else {
				used.add(old.id());
				fields.add(change(entity, i, old));
			}
		}
		List<Catalog.Field> hidden = new ArrayList<>();
		for (Catalog.Field old : stored.fields()) {
			if (!used.contains(old.id())) {
				if (!old.hidden()) {
					this.hidings.add(new Hiding(this.steps.size(), stored.id(), old.id()));
					this.steps.add("Hide %s.%s".formatted(entity.name(), old.name()));
				}
				hidden.add(new Catalog.Field(old.id(), old.name(), old.type(), old.nullable(), true, old.initial(),
						List.of(), old.encrypted()));
			}
		}
		Catalog.Entity changed = finish(entity, stored.id(), fields, stored.layouts(), stored.indexes(),
				stored.nextIndex());
		fields.addAll(hidden);
		return new Catalog.Entity(changed.id(), changed.name(), false, fields, changed.layouts(), changed.indexes(),
				changed.nextIndex());
	}

	private Catalog.Field add(EntitySchema entity, FieldSchema field, int id, @Nullable String earlier) {
		this.steps.add("Add %s.%s%s".formatted(entity.name(), field.name(), hint(earlier)));
		if (!field.nullable() && field.initial() == null) {
			this.checks.add(new Check.Present(entity, entity.position(field.name()), earlier));
		}
		return stored(field, id, field.initial());
	}

	private Catalog.Field change(EntitySchema entity, int position, Catalog.Field old) {
		FieldSchema field = entity.fields().get(position);
		String name = entity.name() + "." + field.name();
		if (old.hidden()) {
			this.steps.add("Show " + name + " again");
		}
		if (!old.name().equals(field.name())) {
			this.steps.add("Rename %s.%s to %s".formatted(entity.name(), old.name(), field.name()));
		}
		boolean retyped = !old.type().equals(field.type());
		if (retyped) {
			this.steps.add("Change the type of " + name);
			this.checks.add(new Check.Coercible(entity, position, old.type()));
			this.reindex.add(entity.name());
		}
		if (old.encrypted() != field.encrypted()) {
			this.steps.add((field.encrypted() ? "Encrypt what is saved from now on in " : "Stop encrypting ") + name);
			this.reindex.add(entity.name());
		}
		if (!field.nullable() && (old.nullable() || old.hidden()) && field.initial() == null) {
			this.checks.add(new Check.Present(entity, position, null));
		}
		for (FieldRule rule : field.rules()) {
			if (!old.rules().contains(rule.text())) {
				this.steps.add("Check %s for %s".formatted(rule.text(), name));
				this.checks.add(new Check.Keeps(entity, position, rule));
			}
		}
		Object initial = old.initial();
		if (initial != null && retyped) {
			initial = Coercion.coerce(initial, old.type(), field.type());
		}
		if (initial == null) {
			initial = field.initial();
		}
		if (old.nullable() != field.nullable()) {
			this.steps.add(field.nullable() ? "Allow none in " + name : "Refuse none in " + name);
			this.reindex.add(entity.name());
		}
		return stored(field, old.id(), initial);
	}

	private Catalog.Entity finish(EntitySchema entity, int id, List<Catalog.Field> fields, List<Layout> layouts,
			List<Catalog.Index> oldIndexes, int nextIndex) {
		List<Integer> fieldIds = fields.stream().map(Catalog.Field::id).toList();
		List<FieldType> types = fields.stream().map(Catalog.Field::type).toList();
		Set<Integer> encrypted = fields.stream()
			.filter(Catalog.Field::encrypted)
			.map(Catalog.Field::id)
			.collect(java.util.stream.Collectors.toSet());
		List<Layout> allLayouts = layouts(layouts, new Layout(layouts.size() + 1, fieldIds, types, encrypted));
		List<Catalog.Index> indexes = new ArrayList<>();
		int freeIndex = nextIndex;
		for (IndexSchema index : indexesOf(entity)) {
			List<Integer> ids = index.fields().stream().map((name) -> fieldIds.get(entity.position(name))).toList();
			Catalog.Index old = findIndex(oldIndexes, ids);
			if (old == null || (index.unique() && !old.unique())) {
				if (!layouts.isEmpty()) {
					this.steps.add("Index %s (%s)".formatted(entity.name(), String.join(", ", index.fields())));
				}
			}
			// values that were different may be equal in another type, or with a default in the place of none
			boolean fresh = old == null || !old.unique() || this.reindex.contains(entity.name());
			if (index.unique() && fresh) {
				this.checks.add(new Check.Distinct(entity, index.fields().stream().map(entity::position).toList()));
			}
			indexes.add(new Catalog.Index((old != null) ? old.id() : freeIndex++, ids, index.unique()));
		}
		for (Catalog.Index old : oldIndexes) {
			if (findIndex(indexes, old.fieldIds()) == null) {
				this.steps.add("Drop an index of " + entity.name());
			}
		}
		return new Catalog.Entity(id, entity.name(), false, fields, allLayouts, indexes, freeIndex);
	}

	/** All layouts, today's as the last. */
	private List<Layout> layouts(List<Layout> before, Layout today) {
		List<Layout> all = new ArrayList<>(before);
		boolean changes = before.isEmpty() || !before.getLast().isLike(today);
		for (Layout layout : before) {
			if (changes) {
				// old rows are to be encrypted without losing what today's layout does not have
				addIfNew(layout.sealing(today.encrypted(), all.size() + 1), all);
			}
			if (!today.fieldIds().containsAll(layout.fieldIds())) {
				// rows that are saved again keep the values of fields that are not declared any more
				addIfNew(today.including(layout, all.size() + 1), all);
			}
		}
		if (changes || all.size() > before.size()) {
			all.add(new Layout(all.size() + 1, today.fieldIds(), today.types(), today.encrypted()));
		}
		return all;
	}

	private static void addIfNew(Layout layout, List<Layout> all) {
		if (all.stream().noneMatch((other) -> other.isLike(layout))) {
			all.add(layout);
		}
	}

	private static Catalog.@Nullable Index findIndex(List<Catalog.Index> indexes, List<Integer> fieldIds) {
		for (Catalog.Index index : indexes) {
			if (index.fieldIds().equals(fieldIds)) {
				return index;
			}
		}
		return null;
	}

	/**
	 * All indexes of an entity: those of single fields, references included, then the composite ones.
	 * @param entity the entity
	 * @return the indexes
	 */
	public static List<IndexSchema> indexesOf(EntitySchema entity) {
		List<IndexSchema> indexes = new ArrayList<>();
		for (FieldSchema field : entity.fields()) {
			boolean reference = field.type() instanceof FieldType.Reference
					|| field.type() instanceof FieldType.References;
			if ((field.unique() || field.indexed() || reference) && KeyCodec.isIndexable(field.type())) {
				indexes.add(new IndexSchema(List.of(field.name()), field.unique()));
			}
		}
		for (IndexSchema index : entity.indexes()) {
			for (String name : index.fields()) {
				if (entity.position(name) < 0) {
					throw new IllegalArgumentException("No field " + name + " in " + entity.name());
				}
			}
			indexes.removeIf((other) -> other.fields().equals(index.fields()) && !other.unique());
			if (indexes.stream().noneMatch((other) -> other.fields().equals(index.fields()))) {
				indexes.add(index);
			}
		}
		return indexes;
	}

	/**
	 * The catalog that the declared schema has.
	 * @return the catalog
	 */
	public Catalog after() {
		List<Catalog.Entity> sorted = this.entities.stream()
			.sorted(java.util.Comparator.comparingInt(Catalog.Entity::id))
			.toList();
		boolean same = sorted.equals(this.before.entities());
		return same ? this.before : new Catalog(this.before.version() + 1, sorted);
	}

	/**
	 * What the data must allow.
	 * @return the checks
	 */
	public List<Check> checks() {
		return this.checks;
	}

	/**
	 * The entities whose index entries must be made again.
	 * @return their names
	 */
	public Set<String> reindex() {
		return this.reindex;
	}

	/**
	 * What is not declared any more.
	 * @return entities and fields
	 */
	public List<Hiding> hidings() {
		return this.hidings;
	}

	/**
	 * The plan.
	 * @param found what the checks found
	 * @param unreadable how many values of old versions cannot be coerced
	 * @param hidden how much each of {@link #hidings} has, in words
	 * @return the plan
	 */
	public SchemaPlan plan(List<Problem> found, long unreadable, List<String> hidden) {
		List<String> all = new ArrayList<>(this.steps);
		for (int i = 0; i < hidden.size(); i++) {
			int step = this.hidings.get(i).step();
			all.set(step, "%s (%s)".formatted(all.get(step), hidden.get(i)));
		}
		return new SchemaPlan(all, found, unreadable);
	}

}
