package dev.flin;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.HostTransaction;
import dev.flin.value.FlinError;

/**
 * A transaction that a host began with {@link FlinStore#begin} and ends by itself. It belongs to the thread that began
 * it. All its reads see the state at its start, and what it has written. A commit that another transaction was faster
 * than fails with a {@code ConflictError}, and nothing is saved.
 */
public final class FlinTransaction implements AutoCloseable {

	private final EngineContexts contexts;

	private final FlinContext context;

	private final HostTransaction inner;

	private final Thread owner = Thread.currentThread();

	private final boolean readOnly;

	private final @Nullable Duration timeout;

	private final long startNanos = System.nanoTime();

	private boolean rollbackOnly;

	private boolean ended;

	private FlinTransaction(EngineContexts contexts, FlinContext context, boolean readOnly,
			@Nullable Duration timeout) {
		this.contexts = contexts;
		this.context = context;
		this.readOnly = readOnly;
		this.timeout = timeout;
		this.inner = HostTransaction.begin(context, readOnly);
	}

	static FlinTransaction begin(EngineContexts contexts, boolean readOnly, @Nullable Duration timeout) {
		if (contexts.transaction() != null) {
			throw new IllegalStateException("A transaction is open on this thread; suspend or end it first");
		}
		FlinContext context = contexts.open(null);
		try {
			FlinTransaction begun = new FlinTransaction(contexts, context, readOnly, timeout);
			contexts.detach(context);
			contexts.bind(begun);
			return begun;
		}
		catch (RuntimeException | Error ex) {
			contexts.close(context);
			throw ex;
		}
	}

	/** Does a part of it. The limit on the time of runs is for each part. */
	<T extends @Nullable Object> T run(Function<FlinContext, T> work) {
		check();
		boolean attached = this.contexts.attach(this.context);
		try {
			return work.apply(this.context);
		}
		finally {
			if (attached) {
				this.contexts.detach(this.context);
			}
		}
	}

	/** Lets another run on this thread take part. */
	void lend(FlinContext other) {
		check();
		this.inner.lend(other);
	}

	/** Whether it refuses to write. */
	public boolean isReadOnly() {
		return this.readOnly;
	}

	/** Whether it was ended by {@link #commit}, {@link #rollback} or {@link #close}. */
	public boolean isEnded() {
		return this.ended;
	}

	/** From now on it can only be taken back, as a whole or to a savepoint that is older than this. */
	public void setRollbackOnly() {
		this.rollbackOnly = true;
	}

	/** Whether it can only be taken back. */
	public boolean isRollbackOnly() {
		return this.rollbackOnly;
	}

	/**
	 * Marks a place to go back to.
	 * @return the place, for {@link #rollbackTo}
	 */
	public Object savepoint() {
		check();
		return this.inner.savepoint();
	}

	/** Takes back everything since a place, which stays usable. */
	public void rollbackTo(Object savepoint) {
		checkOwner();
		this.inner.rollbackTo(savepoint);
		this.rollbackOnly = false;
	}

	/** Takes it from the thread: what the thread does meanwhile is not a part of it. */
	public void suspend() {
		checkOwner();
		this.contexts.unbind(this);
	}

	/** Binds it to the thread again. */
	public void resume() {
		checkOwner();
		this.contexts.bind(this);
	}

	/**
	 * Saves everything, durably when it returns. When this throws, nothing is saved, and it has ended.
	 * @throws FlinError with the code {@code ConflictError} when another transaction came first
	 */
	public void commit() {
		try {
			check();
			if (this.rollbackOnly) {
				throw new FlinError("the transaction was marked to be rolled back");
			}
		}
		catch (FlinError ex) {
			rollback();
			throw ex;
		}
		try {
			this.inner.commit();
		}
		finally {
			end();
		}
	}

	/** Takes everything back. */
	public void rollback() {
		checkOwner();
		try {
			this.inner.rollback();
		}
		finally {
			end();
		}
	}

	/** Takes everything back, unless it has ended. */
	@Override
	public void close() {
		if (!this.ended) {
			rollback();
		}
	}

	private void end() {
		this.ended = true;
		this.contexts.unbind(this);
		this.contexts.close(this.context);
	}

	private void check() {
		checkOwner();
		Duration most = this.timeout;
		if (most != null && System.nanoTime() - this.startNanos > most.toNanos()) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"the transaction took longer than its timeout of " + most.toMillis() + " ms");
		}
	}

	private void checkOwner() {
		if (this.ended) {
			throw new IllegalStateException("The transaction has ended");
		}
		if (Thread.currentThread() != this.owner) {
			throw new IllegalStateException("The transaction belongs to the thread " + this.owner.getName());
		}
	}

}
