package dev.flin.http.live;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the open streams of events, of all clients and of each: a stream costs its client nothing and the server
 * memory, for as long as it stays.
 */
public final class StreamPlaces {

	/**
	 * How many there may be.
	 *
	 * @param connectionsMax how many streams may be open at once
	 * @param perClientMax how many of them may be those of one client
	 */
	public record Limits(int connectionsMax, int perClientMax) {

		public static final Limits DEFAULT = new Limits(10_000, 200);

	}

	private final Limits limits;

	private final Map<String, Integer> open = new HashMap<>();

	private int all;

	public StreamPlaces(Limits limits) {
		this.limits = limits;
	}

	/** The status of a request for one more stream: 200, 429 when it is the client that has too many, 503 otherwise. */
	public synchronized int statusFor(String client) {
		if (this.open.getOrDefault(client, 0) >= this.limits.perClientMax()) {
			return 429;
		}
		return (this.all >= this.limits.connectionsMax()) ? 503 : 200;
	}

	/** Takes a place; false when there is none any more. Whoever has one gives it back. */
	public synchronized boolean take(String client) {
		if (statusFor(client) != 200) {
			return false;
		}
		this.all++;
		this.open.merge(client, 1, Integer::sum);
		return true;
	}

	public synchronized void giveBack(String client) {
		this.all--;
		this.open.computeIfPresent(client, (name, count) -> (count > 1) ? count - 1 : null);
	}

}
