package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;


/** The entity of a literal in the code. It stays with that place, and remembers which entity is meant. */
public final class EntityMaker {

	private final String entity;

	private @Nullable Known known;

	private EntityMaker(String entity) {
		this.entity = entity;
	}

	/** Sessions of the same catalog have the same entities. */
	private record Known(EntityCatalog catalog, EntityType type) {
	}

	/** The constant of a literal. */
	public static EntityMaker of(String entity) {
		return new EntityMaker(entity);
	}

	/** The entity as a session knows it. */
	public EntityType type(EntitySession session) {
		Known last = this.known;
		return (last != null && last.catalog() == session.catalog()) ? last.type() : find(session);
	}

	private EntityType find(EntitySession session) {
		EntityType type = session.type(this.entity);
		this.known = new Known(session.catalog(), type);
		return type;
	}

}
