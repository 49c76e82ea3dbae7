package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Telemetry;
import dev.flin.runtime.ThreadBound;
import dev.flin.store.MigrationStep;
import dev.flin.store.SchemaPlan;
import dev.flin.store.Store;
import dev.flin.store.StoreSchema;

/**
 * The entities of an application over its store. Thread safe; one for an engine.
 */
public final class EntityDatabase {

	private final Store store;

	private final FileLinks links;

	private final RetryTurns turns = new RetryTurns();

	private volatile EntityCatalog catalog;

	private volatile Telemetry telemetry = Telemetry.NONE;

	private volatile Runnable onCommit = () -> {
	};

	/**
	 * Joins entities and store.
	 * @param store opened with the catalog's schema
	 * @param links gives stored files their addresses
	 */
	public EntityDatabase(Store store, EntityCatalog catalog, FileLinks links) {
		this.store = store;
		this.links = links;
		this.catalog = catalog;
	}

	/**
	 * The schema that a store is opened with.
	 * @param context for defaults and rules that are code
	 * @param scratch over any store, for the instances that conditions look at
	 */
	public static StoreSchema schema(EntityCatalog catalog, FlinContext context, Supplier<EntityDatabase> scratch) {
		return catalog.schema((type, field) -> EntitySession.defaultOf(type, field, context),
				new StoredRules(catalog, context, scratch)::of);
	}

	/** Of all who commit to the store. */
	RetryTurns turns() {
		return this.turns;
	}

	/** Says who hears how long things take. */
	public void telemetry(Telemetry listener) {
		this.telemetry = listener;
	}

	Telemetry telemetry() {
		return this.telemetry;
	}

	/** Says who is told, on the thread that committed, that there is something new. */
	public void onCommit(Runnable listener) {
		this.onCommit = listener;
	}

	void committed() {
		this.onCommit.run();
	}

	FileLinks links() {
		return this.links;
	}

	public EntityCatalog catalog() {
		return this.catalog;
	}

	public Store store() {
		return this.store;
	}

	/**
	 * Starts a session and makes it a service of its context.
	 * @param context the run
	 * @param user gives the name that versions are saved under, or null; asked at each transaction
	 * @return the session, to be closed at the end of the run
	 */
	public EntitySession open(FlinContext context, Supplier<@Nullable String> user) {
		EntitySession session = new EntitySession(context, this, this.catalog, user);
		context.service(EntitySession.class, session);
		context.service(ThreadBound.class, session);
		return session;
	}

	/**
	 * Takes over changed declarations; sessions that are open keep theirs.
	 * @param changed the new entities
	 * @param context for defaults that are code
	 * @return what the store did
	 */
	public SchemaPlan migrate(EntityCatalog changed, FlinContext context) {
		SchemaPlan done = this.store.migrate(schema(changed, context, () -> this));
		this.catalog = changed;
		return done;
	}

	/**
	 * Takes over changed declarations with the help of code.
	 * @param changed the new entities
	 * @param context for defaults that are code
	 * @param steps the code, in order
	 * @return what the store did
	 */
	public SchemaPlan migrate(EntityCatalog changed, FlinContext context, List<MigrationStep> steps) {
		SchemaPlan done = this.store.migrate(schema(changed, context, () -> this), steps);
		this.catalog = changed;
		return done;
	}

	/**
	 * Stores what the computed fields of an entity with an index are by the code of today; within a migration.
	 * @param context the run, with nothing open
	 * @param entity the entity
	 * @param prepare gives the variables that the code reads their values
	 */
	public void compute(FlinContext context, String entity, Runnable prepare) {
		try (EntitySession session = open(context, () -> null)) {
			session.refresh();
			prepare.run();
			new ComputedFields(session, this.catalog.type(entity)).store();
		}
	}

	/**
	 * Applies retention and compaction: the background task, due whenever the clock has moved on.
	 * @param now the clock's time
	 * @return how many versions and values were forgotten
	 */
	public long prune(Instant now) {
		return this.store.prune(now);
	}

}
