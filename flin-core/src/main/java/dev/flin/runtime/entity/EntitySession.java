package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Telemetry;
import dev.flin.runtime.ThreadBound;
import dev.flin.store.AsOf;
import dev.flin.store.ReadView;
import dev.flin.store.RecordVersion;
import dev.flin.store.StoreException;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * The entities as one run sees them: reads of one snapshot until it writes, transactions, and the code of the entities
 * bound to the run. Each thread of a run has its own snapshot and transaction.
 */
public final class EntitySession implements AutoCloseable, ThreadBound {

	/** How often work is done again after another transaction came first. */
	static final int RETRIES_MAX = 3;

	private final FlinContext context;

	private final EntityDatabase database;

	private final EntityCatalog catalog;

	private final Supplier<@Nullable String> user;

	/** The thread that runs the code, as a rule alone. */
	private final Thread owner = Thread.currentThread();

	/** What the owner has. */
	private volatile @Nullable SessionState ownState;

	/** Whether that belongs to another session, which closes it. */
	private volatile boolean lent;

	/** Those of other threads; null as long as there are none. */
	private volatile @Nullable Others others;

	/** What the other threads of a run have. */
	private static final class Others {

		private final ThreadLocal<@Nullable SessionState> current = new ThreadLocal<>();

		private final Queue<SessionState> states = new ConcurrentLinkedQueue<>();

	}

	private final Map<EntityType, List<FlinFunction>> code = new ConcurrentHashMap<>();

	/** What instances of this session have; knows how many transactions are open, on all threads. */
	private final PlainRecords plain;

	EntitySession(FlinContext context, EntityDatabase database, EntityCatalog catalog,
			Supplier<@Nullable String> user) {
		this.context = context;
		this.database = database;
		this.catalog = catalog;
		this.user = user;
		this.plain = new PlainRecords(this, catalog.hasTransactions());
	}

	/** The session of a run. */
	public static EntitySession of(FlinContext context) {
		return context.require(EntitySession.class, "the store");
	}

	FlinContext context() {
		return this.context;
	}

	/** What an instance has beside its fields as long as nothing is known of it. */
	PlainRecords plain() {
		return this.plain;
	}

	public EntityCatalog catalog() {
		return this.catalog;
	}

	EntityDatabase database() {
		return this.database;
	}

	EntityType type(String name) {
		return this.catalog.type(name);
	}

	/** What the run may read now. */
	ReadView view() {
		SessionState state = state();
		ReadView view = state.view();
		this.context.raiseNow(view.latestSystemTime());
		return view;
	}

	/** The time of {@code now} for the store: never before what was read. */
	Instant now() {
		view();
		return this.context.now();
	}

	@Override
	public boolean isBound() {
		return inTransaction();
	}

	boolean inTransaction() {
		SessionState state = current();
		return state != null && state.transaction() != null;
	}

	/** What this thread has; null as long as it has asked for nothing. */
	private @Nullable SessionState current() {
		if (Thread.currentThread() == this.owner) {
			return this.ownState;
		}
		Others known = this.others;
		return (known != null) ? known.current.get() : null;
	}

	private Others others() {
		Others known = this.others;
		if (known == null) {
			synchronized (this) {
				known = this.others;
				if (known == null) {
					known = new Others();
					this.others = known;
				}
			}
		}
		return known;
	}

	SessionState state() {
		SessionState state = current();
		if (state == null) {
			state = new SessionState(this.database.store(), this);
			if (Thread.currentThread() == this.owner) {
				this.ownState = state;
			}
			else {
				others().states.add(state);
				others().current.set(state);
			}
		}
		return state;
	}

	/** Takes part in the transaction that another run has open on this thread. */
	void join(SessionState theirs) {
		if (Thread.currentThread() == this.owner) {
			this.lent = true;
			this.ownState = theirs;
		}
		else {
			others().current.set(theirs);
		}
		transactions(1);
	}

	/** Lets the next read see what other runs committed meanwhile. */
	@Override
	public void refresh() {
		state().closeSnapshot();
	}

	/**
	 * Does something that writes: as a part of the open transaction, all of it or nothing, or as one of its own.
	 * @param work what to do; done again when another transaction came first
	 */
	<T extends @Nullable Object> T write(Function<WriteTransaction, T> work) {
		SessionState state = state();
		WriteTransaction open = state.transaction();
		return (open != null) ? writeInside(state, open, work) : writeAlone(state, work);
	}

	private <T extends @Nullable Object> T writeInside(SessionState state, WriteTransaction open,
			Function<WriteTransaction, T> work) {
		if (state.isReadOnly()) {
			throw new FlinError(StoreErrors.STORE, "the transaction is read-only");
		}
		WriteTransaction.Savepoint place = open.savepoint();
		int mark = state.mark();
		try {
			T result = work.apply(open);
			this.context.raiseNow(open.provisionalTime());
			return result;
		}
		catch (RuntimeException | Error ex) {
			state.rollbackTo(place, mark);
			throw StoreErrors.translate(ex);
		}
	}

	private <T extends @Nullable Object> T writeAlone(SessionState state, Function<WriteTransaction, T> work) {
		RetryTurns turns = this.database.turns();
		for (int attempt = 0;; attempt++) {
			boolean again = false;
			try {
				T result = work.apply(begin(state));
				commit(state);
				return result;
			}
			catch (StoreException.Conflict ex) {
				again = attempt < RETRIES_MAX;
				if (!again) {
					throw StoreErrors.translate(ex);
				}
			}
			catch (RuntimeException | Error ex) {
				again = attempt < RETRIES_MAX && SessionState.isConflict(ex);
				if (!again) {
					throw StoreErrors.translate(ex);
				}
			}
			finally {
				if (state.transaction() != null) {
					state.rollback(again);
				}
				if (again) {
					turns.take();
				}
				else {
					turns.leave();
				}
			}
		}
	}

	WriteTransaction begin(SessionState state) {
		WriteTransaction started = state.begin(this.user.get());
		this.context.raiseNow(started.latestSystemTime());
		return started;
	}

	void commit(SessionState state) {
		StackReserve.require(this.context.callDepth());
		Telemetry.Timing timing = this.database.telemetry().start(Telemetry.Kind.SAVE, "commit");
		boolean gaveWay = this.database.turns().giveWay();
		Instant time;
		try {
			time = state.commit();
		}
		catch (RuntimeException | Error ex) {
			timing.end(ex);
			throw ex;
		}
		finally {
			if (gaveWay) {
				this.database.turns().leave();
			}
		}
		timing.end(null);
		if (time != null) {
			this.context.raiseNow(time);
			this.database.committed();
		}
	}

	/** Starts {@code transaction { }} or {@code savepoint { }}. */
	public TransactionScope transaction() {
		return new TransactionScope(this);
	}

	/** Runs a block as {@code transaction { }} does. */
	public <T extends @Nullable Object> T inTransaction(Supplier<T> block) {
		TransactionScope scope = transaction();
		while (true) {
			scope.start();
			try {
				T result = block.get();
				scope.commit();
				return result;
			}
			catch (RuntimeException | Error ex) {
				if (!scope.failed(ex)) {
					throw StoreErrors.translate(ex);
				}
			}
		}
	}

	/** Whether a transaction is open; surely right about those of this thread. */
	boolean hasTransactions() {
		return this.plain.hasTransactions();
	}

	/** Told when a transaction of a thread begins, 1, or ends, -1. */
	void transactions(int change) {
		if (!this.plain.mayBeWatched()) {
			this.plain.nowMayBeWatched();
			this.catalog.beginTransactions();
		}
		this.plain.transactions(change);
	}

	/** Told by each assignment to a field, so that a transaction that is tried again starts from the same values. */
	void aboutToChange(RecordInstance instance) {
		if (!hasTransactions()) {
			return;
		}
		SessionState state = current();
		if (state != null) {
			state.rememberValues(instance);
		}
	}

	/** Calls a function of an entity's declaration. */
	@Nullable
	Object call(EntityType type, int index, @Nullable Object argument) {
		List<FlinFunction> functions = this.code.get(type);
		if (functions == null) {
			functions = type.definition().code().functions(this.context);
			this.code.put(type, functions);
		}
		return functions.get(index).call1(argument);
	}

	/** The value of a default that is code, outside of any instance and any run; null when there is none. */
	static @Nullable Object defaultOf(EntityType type, String field, FlinContext context) {
		EntityField declared = type.field(field);
		if (declared == null || declared.definition().initialCode() < 0) {
			return null;
		}
		FlinFunction code = type.definition().code().functions(context).get(declared.definition().initialCode());
		try {
			Object value = code.call1(null);
			return (value == null) ? null : Creation.accepted(type, declared, value);
		}
		catch (FlinError ex) {
			// it needs a run, such as one that queries: then there is none for records that are stored already
			return null;
		}
	}

	RecordInstance instance(EntityType type, RecordVersion version, @Nullable AsOf moment) {
		return type.make(this, version, moment, null);
	}

	/** The instances of versions that belong together. */
	List<RecordInstance> instances(EntityType type, Iterable<RecordVersion> versions, @Nullable AsOf moment) {
		LoadGroup group = new LoadGroup();
		List<RecordInstance> instances = new ArrayList<>();
		for (RecordVersion version : versions) {
			instances.add(type.make(this, version, moment, group));
		}
		return instances;
	}

	/** The record that a reference leads to, at the time the referring one is looked at. */
	@Nullable
	RecordInstance target(RecordInstance from, String entity, long id, LoadGroup group) {
		EntityType type = type(entity);
		AsOf moment = from.moment();
		RecordVersion version;
		if (moment != null) {
			version = view().findAsOf(entity, id, moment);
		}
		else {
			version = view().find(entity, id);
			if (version == null && from.deletedAt() != null) {
				version = view().newest(entity, id);
			}
		}
		return (version != null) ? type.make(this, version, moment, group) : null;
	}

	/** The records of a list of references; what is gone is left out. */
	FlinList targets(RecordInstance from, String entity, FlinList ids) {
		LoadGroup group = new LoadGroup();
		Map<Long, @Nullable RecordInstance> known = new HashMap<>();
		FlinList found = new FlinList(ids.size());
		for (int i = 0; i < ids.size(); i++) {
			long id = ids.getLong(i);
			RecordInstance target = known.computeIfAbsent(id, key -> target(from, entity, key, group));
			if (target != null) {
				found.add(target);
			}
		}
		return found;
	}

	/** The records that refer to an instance through a relation. */
	EntityQuery referring(RecordInstance instance, Relation relation) {
		EntityQuery query = EntityQuery.of(this, relation.source()).where(relation.referringTo(instance.id()));
		AsOf moment = instance.moment();
		return (moment != null) ? query.asOf(moment) : query.standing();
	}

	RecordInstance require(@Nullable Object value, String what) {
		if (value instanceof RecordInstance instance) {
			return instance;
		}
		throw new FlinError("cannot " + what + " " + dev.flin.value.Kinds.describe(value));
	}

	@Override
	public void close() {
		SessionState own = this.ownState;
		this.ownState = null;
		if (own != null && !this.lent) {
			own.close();
		}
		Others known = this.others;
		if (known != null) {
			SessionState state;
			while ((state = known.states.poll()) != null) {
				state.close();
			}
			known.current.remove();
		}
	}

}
