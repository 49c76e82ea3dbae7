package dev.flin.http.live;

import dev.flin.http.HttpResponse;

/**
 * What becomes of a request for a WebSocket.
 */
public sealed interface Upgrade {

	/** It is answered instead. */
	record Refused(HttpResponse response) implements Upgrade {
	}

	/** The host opens it, then tells the socket what happens. */
	record Accepted(Opener opener) implements Upgrade {
	}

	/** Puts a socket that the host has opened into service. */
	@FunctionalInterface
	interface Opener {

		Socket open(SocketChannel channel);

	}

}
