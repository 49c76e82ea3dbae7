package dev.flin.store.schema;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.StoreSchema;

/**
 * What a new name may have replaced without saying so: the only stored thing of its kind that is gone, when it is the
 * only new one of that kind. A guess for people; nothing is done because of it.
 */
final class ForgottenNames {

	/** What makes a field of an entity like another. */
	private record Likeness(String name, FieldType type) {
	}

	private ForgottenNames() {
	}

	/**
	 * The name that a new field may have had.
	 * @param known the stored fields of those that have one
	 * @return its name, or null
	 */
	static @Nullable String of(EntitySchema entity, FieldSchema added, Catalog.Entity stored,
			Map<FieldSchema, Catalog.Field> known) {
		List<String> gone = stored.fields()
			.stream()
			.filter((field) -> !field.hidden() && !known.containsValue(field) && field.type().equals(added.type()))
			.map(Catalog.Field::name)
			.toList();
		long rivals = entity.fields()
			.stream()
			.filter((field) -> !known.containsKey(field) && field.type().equals(added.type()))
			.count();
		return (gone.size() == 1 && rivals == 1) ? gone.getFirst() : null;
	}

	/**
	 * The name that a new entity may have had: that of one with the same fields.
	 * @param known the stored entities of those that have one
	 * @return its name, or null
	 */
	static @Nullable String of(EntitySchema added, StoreSchema wanted, Catalog before,
			Map<EntitySchema, Catalog.Entity> known) {
		List<Likeness> fields = declared(added);
		List<String> gone = before.entities()
			.stream()
			.filter((entity) -> !entity.hidden() && !known.containsValue(entity) && stored(entity).equals(fields))
			.map(Catalog.Entity::name)
			.toList();
		long rivals = wanted.entities()
			.stream()
			.filter((entity) -> !known.containsKey(entity) && declared(entity).equals(fields))
			.count();
		return (gone.size() == 1 && rivals == 1) ? gone.getFirst() : null;
	}

	private static List<Likeness> declared(EntitySchema entity) {
		return entity.fields().stream().map((field) -> new Likeness(field.name(), field.type())).toList();
	}

	private static List<Likeness> stored(Catalog.Entity entity) {
		return entity.fields()
			.stream()
			.filter((field) -> !field.hidden())
			.map((field) -> new Likeness(field.name(), field.type()))
			.toList();
	}

}
