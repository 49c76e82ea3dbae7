package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.ReadView;
import dev.flin.store.RecordVersion;
import dev.flin.store.Snapshot;
import dev.flin.store.Store;
import dev.flin.store.StoreException;
import dev.flin.store.WriteTransaction;

/**
 * What one thread of a session has open: a snapshot, or a transaction with what has to be put back when it fails.
 */
final class SessionState implements AutoCloseable {

	private final Store store;

	private final EntitySession session;

	private final List<Undo> undo = new ArrayList<>();

	/** As a rule few: most runs change nothing. */
	private final Set<RecordInstance> remembered = Collections.newSetFromMap(new IdentityHashMap<>(2));

	private final List<Written> written = new ArrayList<>();

	private @Nullable Snapshot snapshot;

	private @Nullable WriteTransaction transaction;

	/** Whether the transaction refuses to write. */
	private boolean readOnly;

	/** An instance, and the version that the transaction stored for it. */
	private record Written(RecordInstance instance, @Nullable RecordVersion version) {

		/** A version that a savepoint took back stands in no instance any more. */
		void committedAt(Instant time) {
			if (this.instance.stored() == this.version) {
				this.instance.committedAt(time);
			}
		}

	}

	SessionState(Store store, EntitySession session) {
		this.store = store;
		this.session = session;
	}

	ReadView view() {
		WriteTransaction open = this.transaction;
		if (open != null) {
			return open;
		}
		Snapshot known = this.snapshot;
		if (known == null) {
			known = this.store.snapshot();
			this.snapshot = known;
		}
		return known;
	}

	@Nullable
	WriteTransaction transaction() {
		return this.transaction;
	}

	WriteTransaction begin(@Nullable String user) {
		closeSnapshot();
		WriteTransaction started = this.store.begin(user);
		this.transaction = started;
		this.readOnly = false;
		this.session.transactions(1);
		return started;
	}

	/** Whether the transaction that is open refuses to write. */
	void readOnly(boolean refuse) {
		this.readOnly = refuse;
	}

	boolean isReadOnly() {
		return this.readOnly;
	}

	/** Commits and gives the versions in memory their time. */
	@Nullable
	Instant commit() {
		WriteTransaction open = this.transaction;
		if (open == null) {
			return null;
		}
		WriteTransaction.CommitResult result = open.commit();
		open.close();
		this.transaction = null;
		this.session.transactions(-1);
		if (result.sequence() != 0) {
			this.written.forEach(written -> written.committedAt(result.systemTime()));
		}
		this.written.clear();
		this.undo.clear();
		this.remembered.clear();
		return (result.sequence() != 0) ? result.systemTime() : null;
	}

	/**
	 * Takes everything back.
	 * @param again whether the work is about to be done once more, from the values it started with
	 */
	void rollback(boolean again) {
		WriteTransaction open = this.transaction;
		this.transaction = null;
		undoTo(0, again);
		this.written.clear();
		if (open != null) {
			this.session.transactions(-1);
			open.close();
		}
	}

	int mark() {
		return this.undo.size();
	}

	void rollbackTo(WriteTransaction.Savepoint place, int mark) {
		WriteTransaction open = this.transaction;
		if (open != null) {
			open.rollbackTo(place);
		}
		undoTo(mark, false);
	}

	private void undoTo(int mark, boolean withValues) {
		while (this.undo.size() > mark) {
			Undo entry = this.undo.removeLast();
			this.remembered.remove(entry.instance());
			entry.apply(withValues);
		}
	}

	/** Remembers how an instance is before the transaction changes it. */
	void remember(RecordInstance instance) {
		if (this.transaction != null) {
			this.remembered.add(instance);
			this.undo.add(new Undo(instance));
		}
	}

	/** Remembers values that the program is about to change in a transaction. */
	void rememberValues(RecordInstance instance) {
		if (this.transaction != null && this.remembered.add(instance)) {
			this.undo.add(new Undo(instance));
		}
	}

	void wrote(RecordInstance instance) {
		this.written.add(new Written(instance, instance.stored()));
	}

	/** The next read sees what was committed meanwhile. */
	void closeSnapshot() {
		Snapshot known = this.snapshot;
		this.snapshot = null;
		if (known != null) {
			known.close();
		}
	}

	@Override
	public void close() {
		closeSnapshot();
		if (this.transaction != null) {
			rollback(false);
		}
	}

	static boolean isConflict(@Nullable Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof StoreException.Conflict) {
				return true;
			}
		}
		return false;
	}

}
