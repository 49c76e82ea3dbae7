package dev.flin.runtime.entity;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * An application of entities without FLIN code: what compiled code would call, in words. The clock stands still until
 * it is set; runs end at {@link #at}, {@link #restart} and {@link #newRun}.
 */
final class Scenario implements AutoCloseable {

	private final MemoryFileSystem files = new MemoryFileSystem();

	private final ManualClock clock = new ManualClock();

	private final List<String> printed = new ArrayList<>();

	private EntityCatalog catalog;

	private Map<String, List<String>> enums = Map.of();

	private EntityDatabase database;

	private FlinContext context;

	private @Nullable EntitySession session;

	private String user = "ama";

	private Scenario(List<EntityDefinition> definitions, Map<String, List<String>> enums) {
		this.enums = enums;
		this.catalog = new EntityCatalog(definitions, enums);
		this.database = new EntityDatabase(open(), this.catalog, FileLinks.NONE);
		this.context = context();
		newRun();
	}

	static Scenario of(EntityDefinition... definitions) {
		return new Scenario(List.of(definitions), Map.of());
	}

	static Scenario of(Map<String, List<String>> enums, EntityDefinition... definitions) {
		return new Scenario(List.of(definitions), enums);
	}

	/** The code of an entity from plain functions of the instance. */
	@SafeVarargs
	static EntityCode code(Function<RecordInstance, @Nullable Object>... functions) {
		return context -> {
			List<FlinFunction> made = new ArrayList<>();
			for (Function<RecordInstance, @Nullable Object> function : functions) {
				made.add(function(instance -> function.apply((RecordInstance) instance)));
			}
			return made;
		};
	}

	static FlinFunction function(Function<@Nullable Object, @Nullable Object> code) {
		return new FlinFunction(1) {

			@Override
			public @Nullable Object call1(@Nullable Object a) {
				return code.apply(a);
			}

		};
	}

	private Store open() {
		return Stores.open(this.files, StoreConfig.defaults(),
				this.catalog.schema((type, field) -> EntitySession.defaultOf(type, field, context()), (type, field) ->
						List.of()), this.clock);
	}

	private FlinContext context() {
		return FlinContext.builder(new BuiltinDispatch(BuiltinCatalog.of(List.of(TemporalFunctions.class))),
				this.clock, new Random(7))
			.printSink(this.printed::add)
			.build();
	}

	/** A new run over the same store. */
	void newRun() {
		EntitySession before = this.session;
		if (before != null) {
			before.close();
		}
		this.context = context();
		this.session = this.database.open(this.context, () -> this.user);
	}

	void at(String time) {
		this.clock.now = Instant.parse(time);
		this.database.prune(this.clock.now);
		newRun();
	}

	void restart() {
		EntitySession before = this.session;
		if (before != null) {
			before.close();
		}
		this.session = null;
		this.database.store().close();
		this.database = new EntityDatabase(open(), this.catalog, FileLinks.NONE);
		newRun();
		this.database.prune(this.clock.now);
	}

	void signIn(String name) {
		this.user = name;
	}

	/** A second run at the same time. */
	FlinContext anotherRun() {
		FlinContext other = context();
		this.database.open(other, () -> "kofi");
		return other;
	}

	FlinContext run() {
		return this.context;
	}

	EntitySession session() {
		return EntitySession.of(this.context);
	}

	EntityDatabase database() {
		return this.database;
	}

	void edit(EntityDefinition... definitions) {
		EntityCatalog changed = new EntityCatalog(List.of(definitions), this.enums);
		this.database.migrate(changed, this.context);
		this.catalog = changed;
		newRun();
	}

	// The language

	RecordInstance make(String entity, @Nullable Object... entries) {
		return (RecordInstance) Entities.create(this.context, entity, entries);
	}

	RecordInstance saved(String entity, @Nullable Object... entries) {
		RecordInstance made = make(entity, entries);
		save(made);
		return made;
	}

	void save(@Nullable Object value) {
		Entities.save(this.context, value);
	}

	EntityQuery all(String entity) {
		return Entities.query(this.context, entity);
	}

	EntityQuery where(String entity, String field, String operator, @Nullable Object value) {
		EntityQuery query = all(entity);
		return Entities.where(query, Entities.compare(query, field, operator, value));
	}

	@Nullable Object ask(EntityQuery query, String operation, @Nullable Object... args) {
		return Entities.operation(query, operation, null, args);
	}

	EntityQuery order(EntityQuery query, @Nullable Object... keys) {
		return (EntityQuery) Entities.operation(query, "order", null, keys);
	}

	RecordInstance find(String entity, long id) {
		RecordInstance found = (RecordInstance) ask(all(entity), "find", id);
		if (found == null) {
			throw new AssertionError(entity + "#" + id + " is not there");
		}
		return found;
	}

	@Nullable RecordInstance version(RecordInstance instance, @Nullable Object when) {
		return (RecordInstance) Entities.at(this.context, instance, when);
	}

	static @Nullable Object get(@Nullable Object instance, String field) {
		return InstanceMembers.read((RecordInstance) instance, field);
	}

	static void set(RecordInstance instance, String field, @Nullable Object value) {
		instance.set(instance.shape().slotOf(field), value);
	}

	void change(RecordInstance instance, String field, @Nullable Object value) {
		set(instance, field, value);
		save(instance);
	}

	/** The values of a field, joined by blanks. */
	String pluck(EntityQuery query, String field) {
		return join((FlinList) Entities.operation(query, "pluck", null, field));
	}

	/** The values of a field of all versions, joined by blanks. */
	static String pluck(@Nullable Object versions, String field) {
		FlinList values = new FlinList();
		((FlinList) versions).forEach(version -> values.add(get(version, field)));
		return join(values);
	}

	static String join(FlinList values) {
		return String.join(" ", values.stream().map(Printer::interpolate).toList());
	}

	static FlinError error(Runnable action) {
		FlinError error = catchThrowableOfType(FlinError.class, action::run);
		if (error == null) {
			throw new AssertionError("nothing failed");
		}
		return error;
	}

	static FlinMap named(@Nullable Object... entries) {
		return FlinMap.of(entries);
	}

	List<String> printed() {
		return this.printed;
	}

	@Override
	public void close() {
		session().close();
		this.database.store().close();
	}

	/** Stands still until it is set. */
	private static final class ManualClock extends Clock {

		private Instant now = Instant.parse("2026-01-01T00:00:00Z");

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
