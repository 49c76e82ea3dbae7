package dev.flin.autoconfigure.reactive;

import org.springframework.context.SmartLifecycle;

/**
 * Ends what would never end by itself before the server waits for the requests that run: sockets and streams.
 */
final class LongLived implements SmartLifecycle {

	private final FlinSockets sockets;

	private final FlinWorkers workers;

	private volatile boolean running;

	LongLived(FlinSockets sockets, FlinWorkers workers) {
		this.sockets = sockets;
		this.workers = workers;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.sockets.close();
		this.workers.endStreams();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Stops before the web server, whose phase is lower. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

}
