package dev.flin.autoconfigure.transaction;

import java.time.Duration;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.CallbackPreferringPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.DelegatingTransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.util.ClassUtils;

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
 * <p>
 * A transaction is that of a thread. Work that gives a {@link Publisher} would be over before anybody subscribes to it,
 * so it fails instead, with everything taken back. {@code Mono.fromCallable(() -> store.transaction(…))} is a
 * transaction for reactive code.
 *
 * @since 0.1.0
 */
public final class FlinTransactionManager extends AbstractPlatformTransactionManager
		implements CallbackPreferringPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	/** An application of servlets may do without. */
	private static final boolean HAS_PUBLISHERS = ClassUtils.isPresent("org.reactivestreams.Publisher",
			FlinTransactionManager.class.getClassLoader());

	private static final String REACTIVE = " gives a Publisher, which runs only when somebody subscribes to it: the "
			+ "transaction of the FLIN store, which is that of this thread, would be over by then. Nothing was saved. "
			+ "Make the whole transaction one piece of work: Mono.fromCallable(() -> store.transaction(tx -> …))"
			+ ".subscribeOn(Schedulers.boundedElastic()), or give the result itself and not a Publisher";

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

	/** Does work as one transaction; Spring calls it for {@code @Transactional} and templates. */
	@Override
	public <T extends @Nullable Object> T execute(@Nullable TransactionDefinition definition,
			TransactionCallback<T> work) {
		TransactionStatus status = getTransaction(named(definition));
		T result;
		try {
			result = work.doInTransaction(status);
			if (HAS_PUBLISHERS && result instanceof Publisher<?>) {
				String method = method(definition);
				throw new IllegalTransactionStateException(
						((method != null) ? method : "The work of a transaction") + REACTIVE);
			}
		}
		catch (RuntimeException | Error ex) {
			rollbackAfter(ex, status);
			throw ex;
		}
		if (isFailed(result, definition)) {
			status.setRollbackOnly();
		}
		commit(status);
		return result;
	}

	private void rollbackAfter(Throwable failure, TransactionStatus status) {
		if (status.isCompleted()) {
			return;
		}
		try {
			rollback(status);
		}
		catch (RuntimeException | Error ex) {
			failure.addSuppressed(ex);
		}
	}

	/** What is done for a method has its name, as with every manager of Spring. */
	private static @Nullable TransactionDefinition named(@Nullable TransactionDefinition definition) {
		String method = method(definition);
		if (definition == null || method == null || definition.getName() != null) {
			return definition;
		}
		return new DelegatingTransactionDefinition(definition) {

			private static final long serialVersionUID = 1L;

			@Override
			public String getName() {
				return method;
			}

		};
	}

	private static @Nullable String method(@Nullable TransactionDefinition definition) {
		return (definition instanceof DefaultTransactionAttribute attribute) ? attribute.getDescriptor() : null;
	}

	/** Whether the result is that of work which has failed already, with what the transaction rolls back for. */
	private static boolean isFailed(@Nullable Object result, @Nullable TransactionDefinition definition) {
		return result instanceof Future<?> future && future.state() == Future.State.FAILED
				&& definition instanceof TransactionAttribute attribute
				&& attribute.rollbackOn(future.exceptionNow());
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
