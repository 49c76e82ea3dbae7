package dev.flin.http.live;

import org.jspecify.annotations.Nullable;

/**
 * The event of a WebSocket that a context runs: a service of it.
 *
 * @param first the message, or the code that it was closed with
 * @param second the reason that it was closed for
 */
public record SocketRun(Socket socket, @Nullable Object first, @Nullable Object second) {
}
