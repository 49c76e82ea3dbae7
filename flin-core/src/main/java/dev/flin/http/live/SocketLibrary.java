package dev.flin.http.live;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The built-ins of WebSockets. All but {@code join} and {@code leave} work in any code.
 */
public final class SocketLibrary {

	private static final int CODE_MIN = 3000;

	private static final int CODE_MAX = 4999;

	private static final int NORMAL = 1000;

	private SocketLibrary() {
	}

	@Builtin(value = "join(room: text) -> none", serverOnly = true,
			doc = "Puts the WebSocket whose event runs into a room.")
	public static @Nullable Object join(FlinContext context, String room) {
		sockets(context, "join").join(own(context, "join"), room);
		return null;
	}

	@Builtin(value = "leave(room: text) -> none", serverOnly = true,
			doc = "Takes the WebSocket whose event runs out of a room.")
	public static @Nullable Object leave(FlinContext context, String room) {
		sockets(context, "leave").leave(own(context, "leave"), room);
		return null;
	}

	@Builtin(value = "send(data: any) -> bool", serverOnly = true,
			doc = "Sends to the WebSocket whose event runs: a text as it is, a file as bytes, another value as JSON.")
	public static boolean send(FlinContext context, @Nullable Object data) {
		return own(context, "send").sendPatiently(message(context, data));
	}

	@Builtin(value = "send(socket: any, data: any) -> bool", serverOnly = true,
			doc = "Sends to a WebSocket, which is one of `members(room)` or its `id`; false when it is gone.")
	public static boolean sendTo(FlinContext context, @Nullable Object socket, @Nullable Object data) {
		Socket target = find(context, socket, "send");
		return target != null && target.send(message(context, data));
	}

	@Builtin(value = "broadcast(room: text, data: any, except: any? = none) -> int", serverOnly = true,
			doc = "Sends to all WebSockets of a room, perhaps but one; gives how many it reached.")
	public static long broadcast(FlinContext context, String room, @Nullable Object data, @Nullable Object except) {
		Socket one = (except != null) ? find(context, except, "broadcast") : null;
		return sockets(context, "broadcast").broadcast(room, message(context, data), one);
	}

	@Builtin(value = "members(room: text) -> [any]", serverOnly = true,
			doc = "The WebSockets of a room as maps with `id` and the `user` who opened it, in the order in which they "
					+ "came.")
	public static FlinList members(FlinContext context, String room) {
		FlinList list = new FlinList();
		sockets(context, "members").members(room).forEach((socket) -> list.add(socket.described()));
		return list;
	}

	@Builtin(value = "close(socket: any? = none, code: int = 1000, reason: text = \"\") -> none", serverOnly = true,
			doc = "Closes a WebSocket: that whose event runs, or one of `members(room)`.")
	public static @Nullable Object close(FlinContext context, @Nullable Object socket, long code, String reason) {
		if (code != NORMAL && (code < CODE_MIN || code > CODE_MAX)) {
			throw new FlinError("a program closes with 1000 or a code from 3000 to 4999, not " + code);
		}
		Socket target = (socket != null) ? find(context, socket, "close") : own(context, "close");
		if (target != null) {
			target.close((int) code, reason);
		}
		return null;
	}

	private static SocketMessage message(FlinContext context, @Nullable Object data) {
		return SocketMessage.of(data, sockets(context, "send").settings().maxMessageBytes());
	}

	private static Sockets sockets(FlinContext context, String name) {
		return context.require(Sockets.class, "'" + name + "'");
	}

	private static Socket own(FlinContext context, String name) {
		return context.require(SocketRun.class, "'" + name + "' without a socket").socket();
	}

	private static @Nullable Socket find(FlinContext context, @Nullable Object socket, String name) {
		Object id = (socket instanceof FlinMap map) ? map.get("id") : socket;
		if (!(id instanceof String text)) {
			throw new FlinError("'" + name + "' takes a socket of members(room), or its id");
		}
		return sockets(context, name).find(text);
	}

}
