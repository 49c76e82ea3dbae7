package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;

import dev.flin.store.WriteTransaction;

/**
 * One {@code transaction { }} or {@code savepoint { }} while it runs. Generated code does what
 * {@link EntitySession#inTransaction} does: start, body, commit; {@link #failed} on an error, and again from the start
 * when it says so; {@link #end} on every way out.
 */
final class TransactionScope {

	private final EntitySession session;

	private int attempts;

	private boolean open;

	/** Where an inner block goes back to; null for a transaction of its own. */
	private WriteTransaction.@Nullable Savepoint place;

	private int mark;

	TransactionScope(EntitySession session) {
		this.session = session;
	}

	/** Before each run of the body. */
	public void start() {
		SessionState state = this.session.state();
		WriteTransaction outer = state.transaction();
		if (outer != null) {
			this.place = outer.savepoint();
			this.mark = state.mark();
		}
		else {
			this.session.begin(state);
		}
		this.open = true;
		this.attempts++;
	}

	/** After the body. */
	public void commit() {
		if (this.place == null) {
			try {
				this.session.commit(this.session.state());
			}
			catch (RuntimeException | Error ex) {
				throw StoreErrors.translate(ex);
			}
			this.session.database().turns().leave();
		}
		this.open = false;
	}

	/**
	 * After an error of body or commit: takes everything back.
	 * @return whether the body shall run once more; else the error is to be raised again
	 */
	public boolean failed(Throwable error) {
		if (!this.open) {
			return false;
		}
		this.open = false;
		SessionState state = this.session.state();
		WriteTransaction.Savepoint inner = this.place;
		if (inner != null) {
			state.rollbackTo(inner, this.mark);
			return false;
		}
		boolean again = this.attempts <= EntitySession.RETRIES_MAX && SessionState.isConflict(error);
		state.rollback(again);
		if (again) {
			this.session.database().turns().take();
		}
		else {
			this.session.database().turns().leave();
		}
		return again;
	}

	/** On every way out: commits when the body was left by {@code return} or {@code break}. */
	public void end() {
		if (this.open) {
			try {
				commit();
			}
			finally {
				if (this.open) {
					failed(new IllegalStateException("not committed"));
					this.attempts = Integer.MAX_VALUE;
				}
			}
		}
	}

}
