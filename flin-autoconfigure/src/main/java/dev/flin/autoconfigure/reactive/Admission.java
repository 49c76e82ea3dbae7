package dev.flin.autoconfigure.reactive;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Whether requests may still begin. The server that stops waits for the requests it knows of at one moment and closes
 * all other connections; a request that began between the two would be cut after it changed data. Refusing begins
 * before that moment, so that a request is either answered or never begun.
 */
final class Admission implements SmartLifecycle {

	private volatile boolean open = true;

	@Override
	public void start() {
		this.open = true;
	}

	@Override
	public void stop() {
		this.open = false;
	}

	boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isRunning() {
		return this.open;
	}

	/** Stops directly before the web server begins to drain. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
	}

}
