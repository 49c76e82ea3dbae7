package dev.flin.http.live;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpRequest;
import dev.flin.value.FlinMap;

/**
 * The WebSockets that are open and the rooms that they are in. A service of every context, so that routes and jobs can
 * speak to them. Safe for any number of threads.
 */
public final class Sockets {

	/** What the program does with them. */
	public interface Events {

		void opened(Socket socket);

		void received(Socket socket, SocketMessage message);

		void closed(Socket socket, int code, String reason);

	}

	private final SocketSettings settings;

	private final Supplier<String> ids;

	private final InstantSource clock;

	private final Events events;

	private final AtomicLong numbers = new AtomicLong();

	private final Map<String, Socket> open = new ConcurrentHashMap<>();

	/** No room is empty. */
	private final ConcurrentHashMap<String, Set<Socket>> rooms = new ConcurrentHashMap<>();

	public Sockets(SocketSettings settings, Supplier<String> ids, InstantSource clock, Events events) {
		this.settings = settings;
		this.ids = ids;
		this.clock = clock;
		this.events = events;
	}

	SocketSettings settings() {
		return this.settings;
	}

	Events events() {
		return this.events;
	}

	long nowMillis() {
		return this.clock.millis();
	}

	public boolean isFull() {
		return this.open.size() >= this.settings.connectionsMax();
	}

	/** How many are open. */
	public int size() {
		return this.open.size();
	}

	public Socket open(SocketChannel channel, HttpRequest request, FlinMap params, @Nullable FlinMap query) {
		Socket socket = new Socket(this.ids.get(), this.numbers.incrementAndGet(), channel, request, params, query,
				this,
				nowMillis());
		this.open.put(socket.id(), socket);
		return socket;
	}

	/** Closes all; the host tells each one that it is over. */
	public void closeAll(String reason) {
		this.open.values().forEach((socket) -> socket.close(Socket.GOING_AWAY, reason));
	}

	void forget(Socket socket) {
		this.open.remove(socket.id());
		for (String room : socket.rooms()) {
			leave(socket, room);
		}
	}

	void join(Socket socket, String room) {
		if (socket.rooms().contains(room)) {
			return;
		}
		socket.checkRooms();
		this.rooms.compute(room, (name, known) -> {
			Set<Socket> members = (known != null) ? known : ConcurrentHashMap.newKeySet();
			members.add(socket);
			return members;
		});
		socket.rooms().add(room);
		if (socket.isClosed()) {
			leave(socket, room);
		}
	}

	void leave(Socket socket, String room) {
		socket.rooms().remove(room);
		this.rooms.computeIfPresent(room, (name, members) -> {
			members.remove(socket);
			return members.isEmpty() ? null : members;
		});
	}

	/** Who is in a room, in the order in which they came to the application. */
	List<Socket> members(String room) {
		Set<Socket> members = this.rooms.get(room);
		return (members == null) ? List.of()
				: members.stream().sorted(Comparator.comparingLong(Socket::number)).toList();
	}

	@Nullable Socket find(String id) {
		return this.open.get(id);
	}

	/** Sends to all of a room but one; gives how many there were. */
	long broadcast(String room, SocketMessage message, @Nullable Socket except) {
		long count = 0;
		for (Socket member : this.rooms.getOrDefault(room, Set.of())) {
			if (member != except && member.send(message)) {
				count++;
			}
		}
		return count;
	}

}
