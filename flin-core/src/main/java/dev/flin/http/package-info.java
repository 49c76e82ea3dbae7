/**
 * Requests and answers as plain data, and what hosts may bring for them. Nothing here or below knows a server: a host
 * hands in an {@link dev.flin.http.HttpRequest} on a virtual thread and sends the {@link dev.flin.http.HttpResponse}
 * that it gets back.
 */
@NullMarked
package dev.flin.http;

import org.jspecify.annotations.NullMarked;
