package dev.flin.autoconfigure.transaction;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import dev.flin.FlinStore;
import dev.flin.FlinTransaction;
import dev.flin.value.FlinError;

/**
 * Transactions of the FLIN store for {@code @Transactional} and {@code TransactionTemplate}. What the thread does with
 * {@link FlinStore}, and the files and components of FLIN that it runs, belongs to its transaction.
 *
 * <p>
 * Every transaction has snapshot isolation, so all isolation levels but {@code SERIALIZABLE} can be asked for. A nested
 * one is a savepoint, a new one beside a suspended one is independent of it. When another transaction has changed the
 * same records first, the commit fails with {@link OptimisticLockingFailureException}: nothing is saved, and the caller
 * may do the work again.
 *
 * @since 0.1.0
 */
public final class FlinTransactionManager extends AbstractPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	private final transient FlinStore store;

	/**
	 * A manager of transactions of a store.
	 * @param store the store
	 */
	public FlinTransactionManager(FlinStore store) {
		this.store = store;
		setNestedTransactionAllowed(true);
		setRollbackOnCommitFailure(true);
	}

	@Override
	protected Object doGetTransaction() {
		return new TransactionHandle(this.store.current());
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return ((TransactionHandle) transaction).isPresent();
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		if (definition.getIsolationLevel() == TransactionDefinition.ISOLATION_SERIALIZABLE) {
			throw new InvalidIsolationLevelException("The FLIN store isolates transactions by snapshots; it has no "
					+ "isolation level SERIALIZABLE. Leave the isolation level out");
		}
		int seconds = determineTimeout(definition);
		Duration timeout = (seconds != TransactionDefinition.TIMEOUT_DEFAULT) ? Duration.ofSeconds(seconds) : null;
		try {
			((TransactionHandle) transaction).set(this.store.begin(definition.isReadOnly(), timeout));
		}
		catch (FlinError ex) {
			throw new CannotCreateTransactionException("The FLIN store began no transaction: " + ex.message(), ex);
		}
	}

	@Override
	protected Object doSuspend(Object transaction) {
		FlinTransaction suspended = ((TransactionHandle) transaction).require();
		suspended.suspend();
		((TransactionHandle) transaction).set(null);
		return suspended;
	}

	@Override
	protected void doResume(@Nullable Object transaction, Object suspendedResources) {
		((FlinTransaction) suspendedResources).resume();
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		try {
			of(status).require().commit();
		}
		catch (FlinError ex) {
			throw translate(ex);
		}
	}

	private static RuntimeException translate(FlinError error) {
		return switch (error.code()) {
			case FlinError.CONFLICT_ERROR -> new OptimisticLockingFailureException(error.message(), error);
			case FlinError.VALIDATION_ERROR -> new DataIntegrityViolationException(error.message(), error);
			case FlinError.LIMIT_ERROR -> new TransactionTimedOutException(error.message(), error);
			default -> new TransactionSystemException("The FLIN store did not commit: " + error.message(), error);
		};
	}

	/** A commit that failed has taken everything back itself. */
	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		of(status).require().close();
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
		of(status).require().setRollbackOnly();
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		((TransactionHandle) transaction).require().close();
	}

	private static TransactionHandle of(DefaultTransactionStatus status) {
		return (TransactionHandle) status.getTransaction();
	}

}
