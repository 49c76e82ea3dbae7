package dev.flin.http;

import org.jspecify.annotations.Nullable;

/**
 * The event of a WebSocket that a context runs: a service of it.
 *
 * @param first the message, or the code that it was closed with
 * @param second the reason that it was closed for
 */
record SocketRun(Socket socket, @Nullable Object first, @Nullable Object second) {
}
