package dev.flin.autoconfigure.reactive;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Tells clients of silent streams that somebody is there. One periodic task looks at all of them, so that an idle
 * stream costs no timer; who is told gets a thread for that moment, as a client may be slow.
 */
final class Heartbeats {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeats.class);

	private static final long SWEEP_MILLIS = 1000;

	private final Set<StreamWriter> streams = ConcurrentHashMap.newKeySet();

	private final Executor executor;

	private @Nullable Disposable sweeping;

	private boolean closed;

	Heartbeats(Executor executor) {
		this.executor = executor;
	}

	/** Looks after a stream until its code has come to an end. */
	void during(StreamWriter stream, Runnable code) {
		this.streams.add(stream);
		start();
		try {
			code.run();
		}
		finally {
			this.streams.remove(stream);
			stream.end();
		}
	}

	private synchronized void start() {
		if (this.sweeping == null && !this.closed) {
			this.sweeping = Schedulers.parallel()
				.schedulePeriodically(() -> sweep(System.nanoTime()), SWEEP_MILLIS, SWEEP_MILLIS,
						TimeUnit.MILLISECONDS);
		}
	}

	void sweep(long nowNanos) {
		for (StreamWriter stream : this.streams) {
			if (stream.isSilent(nowNanos)) {
				this.executor.execute(() -> beat(stream));
			}
		}
	}

	/** A client that is gone is noticed by the server, which ends the stream. */
	private static void beat(StreamWriter stream) {
		try {
			stream.beat();
		}
		catch (IOException ex) {
			logger.debug("The client of a silent stream is gone", ex);
		}
	}

	synchronized void close() {
		this.closed = true;
		if (this.sweeping != null) {
			this.sweeping.dispose();
			this.sweeping = null;
		}
	}

}
