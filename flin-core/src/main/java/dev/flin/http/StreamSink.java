package dev.flin.http;

import java.io.IOException;
import java.time.Duration;

/**
 * Where an answer goes that is made while it is sent. The host gives it; one thread makes the answer.
 */
public interface StreamSink {

	/**
	 * Sends bytes at once. Waits while the client is slower.
	 * @throws IOException when the client is gone
	 */
	void write(byte[] bytes) throws IOException;

	/**
	 * Waits.
	 * @return false when the answer shall end instead
	 * @throws IOException when the client is gone
	 */
	boolean pause(Duration time) throws IOException;

	/**
	 * From now on the host sends a sign of life by itself whenever nothing else was sent for some time, whatever the
	 * thread that makes the answer does meanwhile. Never amidst the bytes of one {@link #write}.
	 */
	void keepAlive(byte[] sign, Duration silence);

}
