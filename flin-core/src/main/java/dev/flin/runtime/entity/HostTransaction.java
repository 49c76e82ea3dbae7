package dev.flin.runtime.entity;

import dev.flin.runtime.FlinContext;
import dev.flin.store.WriteTransaction;

/**
 * A transaction that a host begins and ends by itself, on one thread. It is like {@code transaction { }}, but is never
 * done again: only the host knows what that would mean.
 */
public final class HostTransaction {

	private final EntitySession session;

	private final boolean readOnly;

	/** A place to go back to, in the store and among the instances. */
	private record Place(WriteTransaction.Savepoint stored, int mark) {
	}

	private HostTransaction(EntitySession session, boolean readOnly) {
		this.session = session;
		this.readOnly = readOnly;
	}

	/**
	 * Begins a transaction, to which all that happens in a run on this thread belongs from now on.
	 * @param context the run
	 * @param readOnly whether to refuse to write
	 */
	public static HostTransaction begin(FlinContext context, boolean readOnly) {
		EntitySession session = EntitySession.of(context);
		SessionState state = session.state();
		session.begin(state);
		state.readOnly(readOnly);
		return new HostTransaction(session, readOnly);
	}

	/** Lets another run take part, on this thread and until it ends. */
	public void lend(FlinContext other) {
		EntitySession.of(other).join(this.session.state());
	}

	/** Marks a place to go back to. */
	public Object savepoint() {
		SessionState state = this.session.state();
		return new Place(open(state).savepoint(), state.mark());
	}

	/** Takes back everything since a place, which stays usable. */
	public void rollbackTo(Object savepoint) {
		if (!(savepoint instanceof Place place)) {
			throw new IllegalArgumentException("not a savepoint of this transaction: " + savepoint);
		}
		SessionState state = this.session.state();
		open(state);
		state.rollbackTo(place.stored(), place.mark());
	}

	/** Ends it, with everything or, when that fails, nothing saved. */
	public void commit() {
		SessionState state = this.session.state();
		open(state);
		if (this.readOnly) {
			state.rollback(false);
			return;
		}
		try {
			this.session.commit(state);
		}
		catch (RuntimeException | Error ex) {
			state.rollback(false);
			throw StoreErrors.translate(ex);
		}
	}

	/** Ends it with nothing saved. */
	public void rollback() {
		this.session.state().rollback(false);
	}

	private static WriteTransaction open(SessionState state) {
		WriteTransaction open = state.transaction();
		if (open == null) {
			throw new IllegalStateException("the transaction has ended");
		}
		return open;
	}

}
