package dev.flin.http;

/**
 * One WebSocket as its host holds it. Safe for any number of threads.
 */
public interface SocketChannel {

	/**
	 * Sends a message when the client can take it. Never waits.
	 * @return false when so much waits already that the client is too slow
	 */
	boolean send(SocketMessage message);

	/** Closes it with a status code of RFC 6455; does nothing when it is closed. */
	void close(int code, String reason);

}
