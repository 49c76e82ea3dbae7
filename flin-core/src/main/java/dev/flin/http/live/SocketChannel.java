package dev.flin.http.live;

/**
 * One WebSocket as its host holds it. Safe for any number of threads.
 */
public interface SocketChannel {

	/**
	 * Sends a message when the client can take it. Never waits.
	 * @return false when so much waits already that the client is too slow
	 */
	boolean send(SocketMessage message);

	/**
	 * Sends like {@link #send}, but when too much waits already gives the client some time to read. For threads that
	 * may wait.
	 * @return false when the client is too slow all the same, or gone
	 */
	boolean sendPatiently(SocketMessage message);

	/** Closes it with a status code of RFC 6455; does nothing when it is closed. */
	void close(int code, String reason);

}
