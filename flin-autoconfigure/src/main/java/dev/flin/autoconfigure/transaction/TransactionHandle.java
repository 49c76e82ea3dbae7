package dev.flin.autoconfigure.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.support.SmartTransactionObject;

import dev.flin.FlinTransaction;

/**
 * How Spring holds a transaction of the store. Each part that takes part in one has a handle of its own.
 */
final class TransactionHandle implements SavepointManager, SmartTransactionObject {

	/** Null before it is begun. */
	private @Nullable FlinTransaction transaction;

	TransactionHandle(@Nullable FlinTransaction transaction) {
		this.transaction = transaction;
	}

	boolean isPresent() {
		return this.transaction != null;
	}

	void set(@Nullable FlinTransaction begun) {
		this.transaction = begun;
	}

	FlinTransaction require() {
		FlinTransaction present = this.transaction;
		if (present == null) {
			throw new IllegalStateException("There is no FLIN transaction");
		}
		return present;
	}

	@Override
	public boolean isRollbackOnly() {
		return this.transaction != null && this.transaction.isRollbackOnly();
	}

	@Override
	public Object createSavepoint() {
		return require().savepoint();
	}

	@Override
	public void rollbackToSavepoint(Object savepoint) {
		require().rollbackTo(savepoint);
	}

	/** A savepoint holds nothing that would have to be given back. */
	@Override
	public void releaseSavepoint(Object savepoint) {
		require();
	}

	@Override
	public void flush() {
		// What a transaction writes is visible to it at once.
	}

}
