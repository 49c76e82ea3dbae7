package dev.flin.autoconfigure.reactive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.flin.http.StreamSink;

/**
 * The side of a stream that its thread writes to, and the signs of life that others write while that thread is silent.
 */
final class StreamWriter implements StreamSink {

	private static final byte[] NO_SIGN = new byte[0];

	private final OutputStream output;

	private final AtomicBoolean gone;

	private final CountDownLatch stopping;

	/** Held while bytes are written, which takes as long as the client takes. */
	private final ReentrantLock lock = new ReentrantLock();

	private boolean ended;

	private volatile byte[] sign = NO_SIGN;

	private volatile long silenceNanos;

	private volatile long wroteNanos = System.nanoTime();

	StreamWriter(OutputStream output, AtomicBoolean gone, CountDownLatch stopping) {
		this.output = output;
		this.gone = gone;
		this.stopping = stopping;
	}

	@Override
	public void write(byte[] bytes) throws IOException {
		this.lock.lock();
		try {
			send(bytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(byte[] bytes) throws IOException {
		this.output.write(bytes);
		this.output.flush();
		this.wroteNanos = System.nanoTime();
	}

	@Override
	public boolean pause(Duration time) throws IOException {
		try {
			return !this.stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException(this.gone.get() ? "the client is gone" : "interrupted");
		}
	}

	@Override
	public void keepAlive(byte[] bytes, Duration silence) {
		this.silenceNanos = silence.toNanos();
		this.sign = bytes;
	}

	/** Whether nothing was sent for so long that the client should see a sign. */
	boolean isSilent(long nowNanos) {
		return this.sign.length > 0 && nowNanos - this.wroteNanos >= this.silenceNanos && !this.lock.isLocked();
	}

	/** Sends the sign of life, unless something else is on its way. */
	void beat() throws IOException {
		if (this.lock.tryLock()) {
			try {
				if (!this.ended) {
					send(this.sign);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/** Nothing may be written after the end. */
	void end() {
		this.lock.lock();
		try {
			this.ended = true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
