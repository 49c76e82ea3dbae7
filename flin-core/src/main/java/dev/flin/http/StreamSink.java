package dev.flin.http;

import java.io.IOException;
import java.time.Duration;

/**
 * Where an answer goes that is made while it is sent. The host gives it; used by one thread.
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

}
