package dev.flin.http.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpRequest;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * An open WebSocket. The host calls {@link #opened}, {@link #received} and {@link #closed} one after the other, on
 * threads that may wait; anybody may send to it.
 */
public final class Socket {

	static final int GOING_AWAY = 1001;

	static final int POLICY = 1008;

	static final int TOO_BIG = 1009;

	public static final int FAILED = 1011;

	public static final int RESTART = 1012;

	static final int TOO_SLOW = 1013;

	private static final int ROOMS_MAX = 1000;

	private static final int REASON_BYTES_MAX = 123;

	private final String id;

	/** Counts up with each socket, so that members have an order. */
	private final long number;

	private final SocketChannel channel;

	private final HttpRequest request;

	private final FlinMap params;

	/** The query with the declared types; null when nothing is declared. */
	private final @Nullable FlinMap query;

	private final Sockets sockets;

	private final Set<String> rooms = ConcurrentHashMap.newKeySet(1);

	private final AtomicBoolean closed = new AtomicBoolean();

	private final AtomicBoolean told = new AtomicBoolean();

	private @Nullable Object user;

	/** Messages that it may still send at {@link #countedAtMillis}. */
	private double allowance;

	private long countedAtMillis;

	Socket(String id, long number, SocketChannel channel, HttpRequest request, FlinMap params, @Nullable FlinMap query,
			Sockets sockets, long nowMillis) {
		this.id = id;
		this.number = number;
		this.channel = channel;
		this.request = request;
		this.params = params;
		this.query = query;
		this.sockets = sockets;
		this.allowance = sockets.settings().ratePerSecond();
		this.countedAtMillis = nowMillis;
	}

	/** Runs what the program does with a new client. */
	public void opened() {
		this.sockets.events().opened(this);
	}

	/** Runs what the program does with a message. */
	public void received(SocketMessage message) {
		if (this.closed.get()) {
			return;
		}
		if (SocketMessage.bytes(message) > this.sockets.settings().maxMessageBytes()) {
			close(TOO_BIG, "message too big");
		}
		else if (!mayReceive()) {
			close(POLICY, "too many messages");
		}
		else {
			this.sockets.events().received(this, message);
		}
	}

	/** Runs what the program does when a client is gone. */
	public void closed(int code, String reason) {
		this.closed.set(true);
		this.sockets.forget(this);
		if (this.told.compareAndSet(false, true)) {
			this.sockets.events().closed(this, code, reason);
		}
	}

	/** The largest message that it takes. */
	public int maxMessageBytes() {
		return this.sockets.settings().maxMessageBytes();
	}

	private boolean mayReceive() {
		long now = this.sockets.nowMillis();
		int rate = this.sockets.settings().ratePerSecond();
		long passed = Math.max(0, now - this.countedAtMillis);
		this.allowance = Math.min(rate, this.allowance + passed * rate / 1000.0);
		this.countedAtMillis = now;
		if (this.allowance < 1) {
			return false;
		}
		this.allowance--;
		return true;
	}

	// For the program

	String id() {
		return this.id;
	}

	long number() {
		return this.number;
	}

	public HttpRequest request() {
		return this.request;
	}

	public FlinMap params() {
		return this.params;
	}

	public @Nullable FlinMap query() {
		return this.query;
	}

	Set<String> rooms() {
		return this.rooms;
	}

	boolean isClosed() {
		return this.closed.get();
	}

	public void user(@Nullable Object value) {
		this.user = value;
	}

	/** What other code sees of it. */
	FlinMap described() {
		return FlinMap.of("id", this.id, "user", this.user);
	}

	void checkRooms() {
		if (this.rooms.size() >= ROOMS_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR, "a socket is in at most " + ROOMS_MAX + " rooms");
		}
	}

	/** Sends; a client that is too slow for what it gets is closed. */
	boolean send(SocketMessage message) {
		return !this.closed.get() && orTooSlow(this.channel.send(message));
	}

	/** Sends; who sends more at once than may wait is held up until the client has read. */
	boolean sendPatiently(SocketMessage message) {
		return !this.closed.get() && orTooSlow(this.channel.sendPatiently(message));
	}

	private boolean orTooSlow(boolean sent) {
		if (!sent) {
			close(TOO_SLOW, "too slow");
		}
		return sent;
	}

	/** The host tells {@link #closed} when it is over. */
	public void close(int code, String reason) {
		if (this.closed.compareAndSet(false, true)) {
			this.sockets.forget(this);
			String shown = reason;
			while (SocketMessage.bytes(new SocketMessage.Text(shown)) > REASON_BYTES_MAX) {
				shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
			}
			this.channel.close(code, shown);
		}
	}

	@Override
	public String toString() {
		return "socket " + this.id;
	}

}
