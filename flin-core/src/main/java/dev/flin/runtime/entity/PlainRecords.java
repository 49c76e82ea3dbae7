package dev.flin.runtime.entity;

import dev.flin.value.EntityInstance;

/**
 * What all instances of a session have beside their fields as long as nothing is known of them, as of records that a
 * program makes and forgets. Watched while a transaction of the session is open, which may be taken back.
 */
final class PlainRecords extends EntityInstance.Beside {

	private final EntitySession session;

	/** Whether a transaction has been open, of this session or of one before it. */
	private boolean mayBeWatched;

	PlainRecords(EntitySession session, boolean mayBeWatched) {
		super(false);
		this.session = session;
		this.mayBeWatched = mayBeWatched;
	}

	EntitySession session() {
		return this.session;
	}

	boolean mayBeWatched() {
		return this.mayBeWatched;
	}

	/** Told before the first transaction of the session. */
	void nowMayBeWatched() {
		this.mayBeWatched = true;
	}

	/** Told when a transaction of a thread begins, 1, or ends, -1. */
	void transactions(int change) {
		watch(change);
	}

	/** Whether a transaction is open; surely right about those of this thread. */
	boolean hasTransactions() {
		return isWatched();
	}

}
