package dev.flin;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.route.DispatcherPorts;
import dev.flin.http.route.ValueRules;
import dev.flin.port.TokenSigner;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Telemetry;
import dev.flin.runtime.entity.ApiKeyFunctions;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.runtime.entity.EntityDatabase;
import dev.flin.runtime.entity.EntityQuery;
import dev.flin.runtime.entity.FileLinks;
import dev.flin.runtime.lib.TokenFunctions;
import dev.flin.store.MigrationStep;
import dev.flin.store.SchemaPlan;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreHealth;
import dev.flin.store.StoreSchema;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinMap;

/**
 * The records of an application. The store is opened when the first program with entities comes into service; without
 * any, nothing is written anywhere.
 */
final class Records implements DispatcherPorts.Users, DispatcherPorts.ApiKeys, ValueRules, AutoCloseable {

	/** Between a computed field and what tells its code, in the name under which the store knows that it has it. */
	private static final String FORMULA = " computed by ";

	/** What a token says of itself, not of the user. */
	private static final Set<String> TOKEN_CLAIMS = Set.of("id", "sub", "iss", "aud", "iat", "exp", "nbf", "jti");

	private final @Nullable Path directory;

	private final InstantSource clock;

	private final EngineProperties properties;

	private final RandomGenerator random;

	private volatile FileLinks links = FileLinks.NONE;

	private volatile @Nullable EntityDatabase database;

	private @Nullable Upkeep upkeep;

	private volatile @Nullable EngineContexts runs;

	private Telemetry telemetry = Telemetry.NONE;

	private @Nullable Consumer<EntityChange> changeListener;

	private @Nullable ChangeFeed changes;

	Records(@Nullable Path directory, InstantSource clock, EngineProperties properties, RandomGenerator random) {
		this.directory = directory;
		this.clock = clock;
		this.properties = properties;
		this.random = random;
	}

	/** Says who hears of what happens; before the first program. */
	void listeners(Telemetry timings, @Nullable Consumer<EntityChange> changes) {
		this.telemetry = timings;
		this.changeListener = changes;
	}

	/** Gives stored files their addresses; before the first program. */
	void links(FileLinks given) {
		this.links = given;
	}

	/**
	 * Takes the entities of a program over.
	 * @return why the store cannot take them; empty when it did
	 */
	synchronized List<Diagnostic> use(CompiledApplication program, EngineContexts contexts) {
		EntityCatalog catalog = program.entities();
		EntityDatabase open = this.database;
		this.runs = contexts;
		try {
			if (open != null) {
				open.migrate(catalog, contexts.withoutChance(), pending(program, open.store(), contexts));
			}
			else if (!catalog.types().isEmpty()) {
				this.database = open(program, contexts);
			}
			return List.of();
		}
		catch (StoreException.SchemaRefused ex) {
			return program.schemaProblems(ex.plan());
		}
		catch (StoreException.MigrationFailed ex) {
			return List.of(program.migrationProblem(ex));
		}
	}

	private EntityDatabase open(CompiledApplication program, EngineContexts contexts) {
		StoreConfig config = this.properties.log(StoreConfig.defaults()
			.withZone(this.properties.zone())
			.withDurability(durability())
			.withKeys(this.properties.storeKeys(this.random)));
		Store store = store(program, contexts, config);
		this.upkeep = new Upkeep(store, this.properties.upkeep(config), this::prune);
		EntityDatabase opened = new EntityDatabase(store, program.entities(), this.links);
		opened.telemetry(this.telemetry);
		if (this.changeListener != null) {
			ChangeFeed feed = new ChangeFeed(store, this.changeListener);
			opened.onCommit(feed::signal);
			feed.start();
			this.changes = feed;
		}
		return opened;
	}

	private Store store(CompiledApplication program, EngineContexts contexts, StoreConfig config) {
		EntityCatalog catalog = program.entities();
		if (program.migrations().isEmpty() && catalog.formulas().isEmpty()) {
			return EngineStores.open(this.directory, config, this.clock,
					schema(catalog, contexts));
		}
		Store store = EngineStores.openUnchanged(this.directory, config, this.clock);
		try {
			store.migrate(schema(catalog, contexts), pending(program, store, contexts));
			return store;
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	/** The schema of a program's entities; its conditions look at instances that belong to no store. */
	private StoreSchema schema(EntityCatalog catalog, EngineContexts contexts) {
		return EntityDatabase.schema(catalog, contexts.withoutChance(), () -> new EntityDatabase(
				EngineStores.openUnchanged(null, StoreConfig.defaults(), this.clock), catalog, this.links));
	}

	/** What taking over the entities of a program would do. */
	MigrationPlan plan(CompiledApplication program, EngineContexts contexts) {
		boolean there = this.directory != null && EngineStores.isStore(this.directory);
		try (Store store = EngineStores.openUnchanged(there ? this.directory : null,
				StoreConfig.defaults().withKeys(this.properties.storeKeys(this.random)), this.clock)) {
			SchemaPlan plan = store.plan(schema(program.entities(), contexts));
			List<String> problems = plan.problems().stream().map(program::message).toList();
			List<String> steps = new ArrayList<>(plan.steps());
			formulas(program, store, contexts, store.schema())
				.forEach((step) -> steps.add("Compute " + step.name().substring(0, step.name().indexOf(FORMULA))
						+ " of all records anew"));
			return new MigrationPlan("", steps, problems, plan.unreadable(),
					migrations(program, store, contexts).stream().map(MigrationStep::name).toList());
		}
	}

	/** What is left to do, in order. */
	private List<MigrationStep> pending(CompiledApplication program, Store store, EngineContexts contexts) {
		List<MigrationStep> steps = migrations(program, store, contexts);
		steps.addAll(formulas(program, store, contexts, null));
		return steps;
	}

	/**
	 * The computed fields with an index whose code is not that of the last time.
	 * @param known the entities that have records, null for all
	 */
	private List<MigrationStep> formulas(CompiledApplication program, Store store, EngineContexts contexts,
			@Nullable StoreSchema known) {
		List<String> ran = store.migrationsRun();
		List<MigrationStep> steps = new ArrayList<>();
		program.entities().formulas().forEach((field, formula) -> {
			String name = field.entity() + "." + field.field() + FORMULA;
			String last = null;
			for (String one : ran) {
				last = one.startsWith(name) ? one : last;
			}
			if (!(name + formula).equals(last) && (known == null || known.find(field.entity()) != null)) {
				EntityDatabase database = new EntityDatabase(store, program.entities(), this.links);
				steps.add(new MigrationStep(name + formula,
						(old) -> contexts.compute(program, field.entity(), database)));
			}
		});
		return steps;
	}

	/** The migrations that have not run yet. */
	private List<MigrationStep> migrations(CompiledApplication program, Store store, EngineContexts contexts) {
		List<String> ran = store.migrationsRun();
		List<MigrationStep> steps = new ArrayList<>();
		for (String path : program.migrations()) {
			String name = CompiledApplication.migrationName(path);
			if (!ran.contains(name)) {
				EntityDatabase database = new EntityDatabase(store, program.entities(), this.links);
				steps.add(new MigrationStep(name, (old) -> contexts.migrate(program, path, database, old)));
			}
		}
		return steps;
	}

	/** The store, which has to be open. */
	Store store() {
		EntityDatabase open = this.database;
		if (open == null) {
			throw new IllegalStateException("The application has no entities, so there are no records");
		}
		return open.store();
	}

	private StoreConfig.Durability durability() {
		String name = this.properties.text("flin.store.durability");
		return (name == null) ? StoreConfig.Durability.SYNC
				: StoreConfig.Durability.valueOf(name.toUpperCase(Locale.ROOT));
	}

	/** Gives a run its session. */
	void open(FlinContext context, Supplier<@Nullable String> user) {
		EntityDatabase open = this.database;
		if (open != null) {
			open.open(context, user);
		}
	}

	@Override
	public @Nullable EntityInstance find(FlinContext context, String entity, long id) {
		EntityDatabase open = this.database;
		if (open == null || open.catalog().find(entity) == null) {
			return null;
		}
		Object found = Entities.operation(Entities.query(context, entity), "find", null, id);
		return (found instanceof EntityInstance instance) ? instance : null;
	}

	@Override
	public @Nullable Object ofToken(FlinContext context, String token) {
		if (context.service(TokenSigner.class) == null
				|| !(TokenFunctions.verifyToken(context, token) instanceof FlinMap claims)) {
			return null;
		}
		String subject = String.valueOf(claims.get("sub"));
		boolean number = subject.matches("0|[1-9][0-9]{0,17}");
		if (claims.get("entity") instanceof String entity) {
			return number ? find(context, entity, Long.parseLong(subject)) : null;
		}
		FlinMap user = FlinMap.of("id", number ? (Object) Long.parseLong(subject) : subject);
		claims.forEach((name, value) -> {
			if (!TOKEN_CLAIMS.contains(String.valueOf(name))) {
				user.put(name, value);
			}
		});
		return user;
	}

	@Override
	public @Nullable EntityInstance find(FlinContext context, String key) {
		EntityDatabase open = this.database;
		boolean known = open != null && open.catalog().find(ApiKeyFunctions.ENTITY) != null;
		return known ? ApiKeyFunctions.find(context, key) : null;
	}

	@Override
	public @Nullable String violation(FlinContext context, String rule, @Nullable Object[] arguments, String field,
			Object value) {
		if (!rule.equals("unique") || arguments.length == 0 || arguments[0] == null) {
			return null;
		}
		var query = Entities.query(context, arguments[0].toString());
		Object found = Entities.operation(
				Entities.where(query, Entities.compare(query, field, "==", value)), "exists", null);
		return Boolean.TRUE.equals(found) ? "is already taken" : null;
	}

	/** Applies retention and compaction. */
	void prune() {
		EntityDatabase open = this.database;
		if (open != null) {
			open.prune(this.clock.instant());
			forget(open, RememberedAnswers.ENTITY);
			forget(open, KeptUses.ENTITY);
		}
	}

	/** Removes what a built-in entity keeps for no longer than until now. */
	private void forget(EntityDatabase open, String entity) {
		EngineContexts contexts = this.runs;
		if (contexts == null || open.catalog().find(entity) == null) {
			return;
		}
		FlinContext context = contexts.open(null);
		try {
			EntityQuery all = Entities.query(context, entity);
			Entities.where(all, Entities.compare(all, "expires_at", "<=", context.now())).destroy();
		}
		finally {
			contexts.close(context);
		}
	}

	/** Whether the program in service has an entity. */
	boolean has(String entity) {
		EntityDatabase open = this.database;
		return open != null && open.catalog().find(entity) != null;
	}

	@Nullable EntityDatabase database() {
		return this.database;
	}

	@Nullable StoreHealth health() {
		EntityDatabase open = this.database;
		return (open != null) ? open.store().health() : null;
	}

	@Nullable StoreSchema schema() {
		EntityDatabase open = this.database;
		return (open != null) ? open.store().schema() : null;
	}

	String describe() {
		return Objects.toString(this.directory, "memory");
	}

	@Override
	public synchronized void close() {
		EntityDatabase open = this.database;
		this.database = null;
		if (this.changes != null) {
			this.changes.close();
		}
		if (this.upkeep != null) {
			this.upkeep.close();
		}
		if (open != null) {
			open.store().close();
		}
	}

}
