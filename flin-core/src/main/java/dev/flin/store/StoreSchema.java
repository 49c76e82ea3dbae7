package dev.flin.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The entities an application declares today. The store compares it with the schema it holds when it is opened.
 */
public final class StoreSchema {

	private final List<EntitySchema> entities;

	private final Map<String, EntitySchema> byName;

	/**
	 * Creates a schema.
	 * @param entities the entities; names are unique
	 */
	public StoreSchema(List<EntitySchema> entities) {
		this.entities = List.copyOf(entities);
		this.byName = HashMap.newHashMap(entities.size());
		for (EntitySchema entity : this.entities) {
			if (this.byName.put(entity.name(), entity) != null) {
				throw new IllegalArgumentException("Entity " + entity.name() + " is declared twice");
			}
		}
	}

	/**
	 * All entities in declaration order.
	 * @return the entities
	 */
	public List<EntitySchema> entities() {
		return this.entities;
	}

	/**
	 * Finds an entity.
	 * @param name its name
	 * @return the entity, or null when there is none of that name
	 */
	public @Nullable EntitySchema find(String name) {
		return this.byName.get(name);
	}

	/**
	 * An entity that must exist.
	 * @param name its name
	 * @return the entity
	 */
	public EntitySchema entity(String name) {
		EntitySchema entity = this.byName.get(name);
		if (entity == null) {
			throw new IllegalArgumentException("No entity " + name);
		}
		return entity;
	}

}
