/**
 * What stays open after its request: streamed answers, server-sent events and WebSockets with their rooms, and the
 * built-ins that speak to them. Hosts bring a {@link dev.flin.http.StreamSink} or a
 * {@link dev.flin.http.live.SocketChannel}.
 */
@NullMarked
package dev.flin.http.live;

import org.jspecify.annotations.NullMarked;
